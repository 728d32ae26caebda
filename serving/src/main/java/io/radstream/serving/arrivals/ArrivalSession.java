package io.radstream.serving.arrivals;

import io.radstream.schemas.StudyScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
   * Waits a moment for records, and has done with the first that came when it returns: as many as
   * are scored together. The others come again, since a member that asks for none for long loses
   * its place, and pictures at full resolution may take long.
   *
   * @return the scores that were written
   * @throws org.apache.kafka.common.KafkaException where that is not known
   */
  List<StudyScore> step() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    consumer.poll(POLL).forEach(records::add);
    if (records.isEmpty()) {
      return List.of();
    }
    List<StudyScore> scores =
        writer.writeFirst(
            records, count -> behind(records.subList(0, count)), consumer.groupMetadata());
    firsts(records.subList(scores.size(), records.size())).forEach(consumer::seek);
    return scores;
  }

  private static Map<TopicPartition, Long> firsts(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, Long> firsts = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      firsts.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset());
    }
    return firsts;
  }

  private static Map<TopicPartition, OffsetAndMetadata> behind(
      List<ConsumerRecord<byte[], byte[]>> records) {
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
