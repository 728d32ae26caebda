package io.radstream.streams;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import java.util.function.IntFunction;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The topology: {@code studies} → merge → {@code tuples.train}, {@code tuples.validation}, {@code
 * tuples.test} and {@code studies.rejected}, and {@code studies.views} where that is asked for.
 * Values are bytes throughout, since anything may stand on the topic.
 */
final class StudyTopology {

  private static final String MERGE = "merge";

  private StudyTopology() {}

  /**
   * @param partsOf the records of a partition, to be read again; closed with the task that asked
   */
  static Topology build(
      KafkaConnection connection,
      StageConfig config,
      StageCounters counters,
      StageSpans spans,
      IntFunction<StudyParts> partsOf) {
    Topology topology = new Topology();
    String studies = connection.topics().of(Topic.STUDIES);
    topology.addSource(studies, new ByteArrayDeserializer(), new ByteArrayDeserializer(), studies);
    topology.addProcessor(
        MERGE, () -> new StudyProcessor(connection, config, counters, spans, partsOf), studies);
    for (String store : StudyStore.NAMES) {
      topology.addStateStore(StudyStore.builder(store), MERGE);
    }
    for (Topic topic : config.outputs()) {
      String name = connection.topics().of(topic);
      topology.addSink(name, name, new ByteArraySerializer(), new ByteArraySerializer(), MERGE);
    }
    return topology;
  }
}
