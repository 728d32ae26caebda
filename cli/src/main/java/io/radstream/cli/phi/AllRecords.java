package io.radstream.cli.phi;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads every topic of a cluster but the broker's own, as far as it has been committed. */
final class AllRecords {

  private static final String INTERNAL = "__";
  private static final Duration POLL = Duration.ofMillis(200);

  private AllRecords() {}

  /** With one consumer for all: each has to wait for the broker when it ends. */
  static void read(KafkaConnection connection, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try (org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer =
        KafkaClients.of(connection).consumer()) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .filter(partition -> !partition.topic().startsWith(INTERNAL))
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(sink);
      }
    }
  }
}
