package io.radstream.cli.demo;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What is on {@code studies.rejected}.
 *
 * @param byReason number of records
 */
record Rejections(Map<String, Long> byReason) {

  static Rejections read(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.STUDIES_REJECTED);
    Map<String, Long> counts = new TreeMap<>();
    try (RecordSerde<RejectedStudy> serde = RecordSerde.of(RejectedStudy.class, connection);
        Deserializer<RejectedStudy> deserializer = serde.deserializer();
        TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(
          record ->
              counts.merge(
                  deserializer.deserialize(topic, record.value()).getReason().name(),
                  1L,
                  Long::sum));
    }
    return new Rejections(counts);
  }

  long total() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
