package io.radstream.serving.arrivals;

import io.radstream.schemas.StudyScore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One place in the group, and what writes for it. After a failure it is of no more use: the next
 * one begins where the group is. For one thread, but {@link #wakeup}.
 */
final class ArrivalSession implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final ScoreWriter writer;

  /**
   * @param writer closed with this
   * @param topic of what arrives, in full
   */
  ArrivalSession(Supplier<Consumer<byte[], byte[]>> consumers, ScoreWriter writer, String topic) {
    this.writer = writer;
    try {
      this.consumer = consumers.get();
    } catch (RuntimeException | Error e) {
      writer.close();
      throw e;
    }
    consumer.subscribe(List.of(topic));
  }

  /**
   * Waits a moment for records, and has done with those that came when it returns.
   *
   * @return the scores that were written
   * @throws org.apache.kafka.common.KafkaException where that is not known
   */
  List<StudyScore> step() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    return records.isEmpty()
        ? List.of()
        : writer.write(records, behind(records), consumer.groupMetadata());
  }

  private static Map<TopicPartition, OffsetAndMetadata> behind(
      ConsumerRecords<byte[], byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> behind = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      behind.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    return behind;
  }

  /** Records of this instance's partitions that are not scored yet, as far as that is known. */
  long lag() {
    return consumer.assignment().stream()
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }

  /** Ends a wait for records. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    writer.close();
    consumer.close(CloseOptions.timeout(GRACE));
  }
}
