package io.radstream.trainer.ledger;

import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The records of a model line on the ledger, told apart by who wrote them: each carries the name of
 * its process in a header, since two processes write the same bytes where they take the same step.
 * What has no such header is of an older version, and so of another process.
 *
 * @param topic the ledger
 * @param process a name that no other process has
 */
record LineRecords(KafkaClients clients, String topic, String line, String process) {

  static final String PROCESS = "process";

  /** A sign that this process has taken the line: has no value. */
  ProducerRecord<String, byte[]> mark(int partition) {
    return signed(new ProducerRecord<>(topic, partition, line, null));
  }

  /** The same record, with the name of this process. */
  ProducerRecord<String, byte[]> signed(ProducerRecord<String, byte[]> record) {
    ProducerRecord<String, byte[]> signed =
        new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value());
    signed.headers().add(PROCESS, process.getBytes(StandardCharsets.UTF_8));
    return signed;
  }

  /**
   * Looks for a record that this process may have written, as far as the ledger is decided.
   *
   * @param behind by partition, a record of this process that was written before
   * @return where it is
   * @throws LineTakenException where another process has taken the line, or goes on with the run
   * @throws IllegalStateException where the ledger no longer holds what is behind
   */
  Optional<LedgerPosition> find(ProducerRecord<String, byte[]> wanted, Map<Integer, Long> behind) {
    List<LedgerPosition> found = new ArrayList<>();
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      List<OffsetRange> rest =
          behind.entrySet().stream()
              .map(from -> scan.extent(from.getKey(), from.getValue()))
              .filter(range -> range.begin() < range.end())
              .toList();
      scan.over(
          rest,
          record -> {
            requireOwn(record, wanted.key());
            if (isOwn(record) && Arrays.equals(record.value(), wanted.value())) {
              found.add(new LedgerPosition(record.partition(), record.offset()));
            }
          });
    }
    return found.stream().findFirst();
  }

  private void requireOwn(ConsumerRecord<byte[], byte[]> record, String runId) {
    boolean ofLine = (record.value() == null && hasKey(record, line)) || hasKey(record, runId);
    if (ofLine && !isOwn(record)) {
      throw new LineTakenException(line, new LedgerPosition(record.partition(), record.offset()));
    }
  }

  private static boolean hasKey(ConsumerRecord<byte[], byte[]> record, String key) {
    return Arrays.equals(record.key(), key.getBytes(StandardCharsets.UTF_8));
  }

  private boolean isOwn(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(PROCESS);
    return header != null
        && Arrays.equals(header.value(), process.getBytes(StandardCharsets.UTF_8));
  }
}
