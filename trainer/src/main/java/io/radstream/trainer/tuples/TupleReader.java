package io.radstream.trainer.tuples;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.schemas.trace.TraceHeader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads tuples by their coordinates: neighbours in one go, a seek for each gap. Waits through a
 * broker's absence. Not thread-safe.
 */
public final class TupleReader implements AutoCloseable {

  /** Takes tuples as they come. */
  @FunctionalInterface
  public interface Taker {

    /**
     * @param time of the record, in milliseconds since the epoch
     * @param origin span that it was made in; invalid where it tells of none
     */
    void take(TupleRef ref, StudyTuple tuple, long time, SpanContext origin);
  }

  private static final Duration POLL = Duration.ofSeconds(1);

  /** Up to so many unwanted records are read through, which costs less than a seek. */
  private static final int SMALL_GAP = 16;

  private final TopicConsumer log;
  private final RecordReader<StudyTuple> reader;

  TupleReader(Consumer<byte[], byte[]> consumer, RecordReader<StudyTuple> reader, String topic) {
    this.log = new TopicConsumer(consumer, topic, Patience.limited());
    this.reader = reader;
  }

  public static TupleReader open(KafkaClients clients, KafkaConnection connection, Topic topic) {
    return new TupleReader(
        clients.consumer(),
        new RecordReader<>(StudyTuple.class, connection),
        connection.topics().of(topic));
  }

  /** Where a tuple is, for messages. */
  public TuplePlace place(TupleRef ref) {
    return new TuplePlace(log.topic(), ref);
  }

  /**
   * @param each is told of every tuple as it comes, once for each ref
   * @throws IllegalStateException where a tuple is gone from the topic, or does not come for as
   *     long as {@link Patience} lasts
   */
  public void read(Collection<TupleRef> refs, Taker each) {
    Map<TopicPartition, NavigableSet<Long>> wanted = new HashMap<>();
    for (TupleRef ref : refs) {
      TopicPartition partition = new TopicPartition(log.topic(), ref.partition());
      wanted.computeIfAbsent(partition, p -> new TreeSet<>()).add(ref.offset());
    }
    seek(wanted);
    while (!wanted.isEmpty()) {
      ConsumerRecords<byte[], byte[]> records = log.await(POLL);
      wanted.forEach((partition, left) -> take(records.records(partition), left, each));
      wanted.forEach(this::advance);
      wanted.values().removeIf(Set::isEmpty);
    }
  }

  /** All partitions at once: the broker reads of one while records of another are decoded. */
  private void seek(Map<TopicPartition, NavigableSet<Long>> wanted) {
    log.assign(wanted.keySet());
    log.resume(wanted.keySet());
    wanted.forEach((partition, offsets) -> log.seek(partition, offsets.first()));
  }

  private void take(
      List<ConsumerRecord<byte[], byte[]>> records, NavigableSet<Long> wanted, Taker each) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (wanted.remove(record.offset())) {
        TupleRef ref = new TupleRef(record.partition(), record.offset());
        each.take(ref, decode(record), record.timestamp(), TraceHeader.read(record.headers()));
      }
    }
  }

  private void advance(TopicPartition partition, NavigableSet<Long> wanted) {
    if (wanted.isEmpty()) {
      log.pause(List.of(partition));
      return;
    }
    long position = log.position(partition);
    if (wanted.first() < position) {
      throw new UnreadableTopicException(
          "the tuple at %s offset %d is gone from the topic; check its retention"
              .formatted(partition, wanted.first()));
    }
    if (wanted.first() - position > SMALL_GAP) {
      log.seek(partition, wanted.first());
    }
  }

  private StudyTuple decode(ConsumerRecord<byte[], byte[]> record) {
    if (log.decode(() -> reader.read(log.topic(), record.value()))
        instanceof Decoded.Valid<StudyTuple> valid) {
      return valid.value();
    }
    throw new IllegalStateException(
        "the record at %s-%d offset %d is no longer a tuple"
            .formatted(log.topic(), record.partition(), record.offset()));
  }

  @Override
  public void close() {
    log.close();
  }
}
