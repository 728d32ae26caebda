package io.radstream.cli.demo;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What is on {@code studies.rejected}.
 *
 * @param byReason number of records
 */
record Rejections(Map<String, Long> byReason) {

  private static final Duration POLL = Duration.ofMillis(200);

  static Rejections read(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.STUDIES_REJECTED);
    Map<String, Long> counts = new TreeMap<>();
    try (RecordSerde<RejectedStudy> serde = RecordSerde.of(RejectedStudy.class, connection);
        KafkaConsumer<String, RejectedStudy> consumer =
            new KafkaConsumer<>(
                connection.consumerConfig(), new StringDeserializer(), serde.deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<String, RejectedStudy> record : consumer.poll(POLL)) {
          counts.merge(record.value().getReason().name(), 1L, Long::sum);
        }
      }
    }
    return new Rejections(counts);
  }

  long total() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
