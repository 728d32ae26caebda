package io.radstream.cli.pacs;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.View;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is on the topics now. */
record Topics(KafkaConnection connection) {

  /** A tuple, and where it is. */
  record Placed(int partition, long offset, StudyTuple tuple) {}

  List<Study> studies() {
    List<Study> studies = new ArrayList<>();
    each(Topic.STUDIES, Study.class, (record, study) -> studies.add(study));
    return studies;
  }

  List<View> views() {
    return studies().stream().flatMap(study -> study.getViews().stream()).toList();
  }

  /** When each part with views was sent, in milliseconds. */
  List<Long> timesOfViews() {
    List<Long> times = new ArrayList<>();
    each(
        Topic.STUDIES,
        Study.class,
        (record, study) -> study.getViews().forEach(view -> times.add(record.timestamp())));
    return times.stream().sorted().toList();
  }

  /** The newest of each study; without those that nothing is to be learned from any more. */
  Map<String, Placed> newest(Topic topic) {
    Map<String, Placed> newest = new HashMap<>();
    each(
        topic,
        StudyTuple.class,
        (record, tuple) ->
            newest.merge(
                tuple.getStudyId(),
                new Placed(record.partition(), record.offset(), tuple),
                (a, b) -> a.tuple().getRevision() > b.tuple().getRevision() ? a : b));
    newest.values().removeIf(placed -> placed.tuple().getViews().isEmpty());
    return newest;
  }

  private <T extends SpecificRecord> void each(
      Topic topic, Class<T> type, BiConsumer<ConsumerRecord<byte[], byte[]>, T> sink) {
    String name = connection.topics().of(topic);
    try (RecordSerde<T> serde = RecordSerde.of(type, connection)) {
      scan(
          name,
          record -> sink.accept(record, serde.deserializer().deserialize(name, record.value())));
    }
  }

  void scan(String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(sink);
    }
  }
}
