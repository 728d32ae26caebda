package io.radstream.trainer.tuples;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tuples by their coordinates: neighbours in one go, a seek for each gap. Waits through a
 * broker's absence. Not thread-safe.
 */
public final class TupleReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TupleReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  /** Up to so many unwanted records are read through, which costs less than a seek. */
  private static final int SMALL_GAP = 16;

  private static final int POLLS_BEFORE_WARNING = 10;
  private static final int POLLS_BEFORE_GIVING_UP = 300;

  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader<StudyTuple> reader;
  private final String topic;

  TupleReader(Consumer<byte[], byte[]> consumer, RecordReader<StudyTuple> reader, String topic) {
    this.consumer = consumer;
    this.reader = reader;
    this.topic = topic;
  }

  public static TupleReader open(KafkaClients clients, KafkaConnection connection, Topic topic) {
    return new TupleReader(
        clients.consumer(),
        new RecordReader<>(StudyTuple.class, connection),
        connection.topics().of(topic));
  }

  /**
   * @param each is told of every tuple as it comes, once for each ref
   * @throws IllegalStateException where a tuple is gone from the topic, or the broker stays away
   *     for five minutes
   */
  public void read(Collection<TupleRef> refs, BiConsumer<TupleRef, StudyTuple> each) {
    Map<TopicPartition, NavigableSet<Long>> wanted = new HashMap<>();
    for (TupleRef ref : refs) {
      TopicPartition partition = new TopicPartition(topic, ref.partition());
      wanted.computeIfAbsent(partition, p -> new TreeSet<>()).add(ref.offset());
    }
    seek(wanted);
    int idle = 0;
    while (!wanted.isEmpty()) {
      ConsumerRecords<byte[], byte[]> records = poll(wanted);
      idle = records.isEmpty() ? idle + 1 : 0;
      checkPatience(idle, wanted.keySet());
      wanted.forEach((partition, left) -> take(records.records(partition), left, each));
      wanted.forEach(this::advance);
      wanted.values().removeIf(Set::isEmpty);
    }
  }

  /** All partitions at once: the broker reads of one while records of another are decoded. */
  private void seek(Map<TopicPartition, NavigableSet<Long>> wanted) {
    consumer.assign(wanted.keySet());
    consumer.resume(wanted.keySet());
    wanted.forEach((partition, offsets) -> consumer.seek(partition, offsets.first()));
  }

  private void take(
      List<ConsumerRecord<byte[], byte[]>> records,
      NavigableSet<Long> wanted,
      BiConsumer<TupleRef, StudyTuple> each) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (wanted.remove(record.offset())) {
        each.accept(new TupleRef(record.partition(), record.offset()), decode(record));
      }
    }
  }

  private void advance(TopicPartition partition, NavigableSet<Long> wanted) {
    if (wanted.isEmpty()) {
      consumer.pause(List.of(partition));
      return;
    }
    long position = consumer.position(partition);
    if (wanted.first() < position) {
      throw gone(partition, wanted.first(), null);
    }
    if (wanted.first() - position > SMALL_GAP) {
      consumer.seek(partition, wanted.first());
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(Map<TopicPartition, NavigableSet<Long>> wanted) {
    try {
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      TopicPartition partition = e.partitions().iterator().next();
      throw gone(partition, wanted.get(partition).first(), e);
    } catch (RetriableException e) {
      LOG.warn("cannot read {} now, trying again: {}", topic, e.getMessage());
      return ConsumerRecords.empty();
    }
  }

  private static void checkPatience(int idle, Set<TopicPartition> partitions) {
    if (idle == POLLS_BEFORE_WARNING) {
      LOG.warn("waiting for tuples of {}; is the broker up?", partitions);
    }
    if (idle > POLLS_BEFORE_GIVING_UP) {
      throw new IllegalStateException(
          "no tuple of " + partitions + " came for " + idle + " s; is the broker up?");
    }
  }

  private StudyTuple decode(ConsumerRecord<byte[], byte[]> record) {
    if (reader.read(topic, record.value()) instanceof Decoded.Valid<StudyTuple> valid) {
      return valid.value();
    }
    throw new IllegalStateException(
        "the record at %s-%d offset %d is no longer a tuple"
            .formatted(topic, record.partition(), record.offset()));
  }

  private static IllegalStateException gone(
      TopicPartition partition, long offset, OffsetOutOfRangeException cause) {
    return new IllegalStateException(
        "the tuple at %s offset %d is gone from the topic; check its retention"
            .formatted(partition, offset),
        cause);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
