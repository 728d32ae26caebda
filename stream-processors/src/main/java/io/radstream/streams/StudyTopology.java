package io.radstream.streams;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The topology: {@code studies} → merge → {@code tuples.train}, {@code tuples.validation} and
 * {@code studies.rejected}. Values are bytes throughout, since anything may stand on the topic.
 */
final class StudyTopology {

  private static final String MERGE = "merge";

  private StudyTopology() {}

  static Topology build(KafkaConnection connection, StageConfig config, StageCounters counters) {
    Topology topology = new Topology();
    String studies = connection.topics().of(Topic.STUDIES);
    topology.addSource(studies, new ByteArrayDeserializer(), new ByteArrayDeserializer(), studies);
    topology.addProcessor(MERGE, () -> new StudyProcessor(connection, config, counters), studies);
    for (String store : List.of(StudyStore.PROGRESS, StudyStore.PARTS, StudyStore.DUE)) {
      topology.addStateStore(StudyStore.builder(store), MERGE);
    }
    for (Topic topic :
        List.of(Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION, Topic.STUDIES_REJECTED)) {
      String name = connection.topics().of(topic);
      topology.addSink(name, name, new ByteArraySerializer(), new ByteArraySerializer(), MERGE);
    }
    return topology;
  }
}
