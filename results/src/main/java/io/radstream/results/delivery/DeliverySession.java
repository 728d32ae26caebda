package io.radstream.results.delivery;

import io.radstream.producers.asking.UntilClosed;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One place in a destination's group, which is kept however long the destination is waited for.
 * After a failure it is of no more use: the next one begins where the group is. For one thread.
 */
final class DeliverySession implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final UntilClosed closed;

  /** Partitions that were taken away, if only for a moment, since records were last asked for. */
  private final Set<TopicPartition> lost = new HashSet<>();

  private boolean waiting;

  private DeliverySession(Consumer<byte[], byte[]> consumer, String topic, UntilClosed closed) {
    this.consumer = consumer;
    this.topic = topic;
    this.closed = closed;
  }

  /**
   * @param group in full
   * @param closed ends waiting
   */
  static DeliverySession open(
      KafkaConnection connection, String group, Begin begin, UntilClosed closed) {
    Map<String, Object> config = connection.consumerConfig();
    config.put("group.id", group);
    // Few: each may take seconds, and its place in the group ends where it asks too late for more.
    config.put("max.poll.records", 10);
    // One that was killed is missed soon: its partitions wait until then.
    config.putIfAbsent("session.timeout.ms", 10_000);
    config.put("allow.auto.create.topics", false);
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    DeliverySession session =
        new DeliverySession(consumer, connection.topics().of(Topic.SCORES), closed);
    try {
      session.join(begin);
    } catch (RuntimeException | Error e) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      throw e;
    }
    return session;
  }

  private void join(Begin begin) {
    if (begin == Begin.NOW) {
      beginHere();
    }
    consumer.subscribe(List.of(topic), listener());
  }

  /** Once for all partitions, so that none that is added later begins at its end. */
  private void beginHere() {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new KafkaException("there is no topic %s: radstream topics create".formatted(topic));
    }
    Set<TopicPartition> partitions =
        found.stream()
            .map(it -> new TopicPartition(topic, it.partition()))
            .collect(Collectors.toSet());
    boolean isNew = consumer.committed(partitions).values().stream().allMatch(it -> it == null);
    if (isNew) {
      try {
        consumer.commitSync(
            consumer.endOffsets(partitions).entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, it -> new OffsetAndMetadata(it.getValue()))));
      } catch (CommitFailedException | UnknownMemberIdException e) {
        // Another instance is there already, and has said where to begin.
      }
    }
  }

  private ConsumerRebalanceListener listener() {
    return new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        lost.addAll(partitions);
      }

      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (waiting) {
          consumer.pause(partitions);
        }
      }
    };
  }

  /** Waits a moment for records. */
  ConsumerRecords<byte[], byte[]> records() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    lost.clear();
    return records;
  }

  /** Whether nobody else has had a record's partition since it was read. */
  boolean holds(ConsumerRecord<byte[], byte[]> record) {
    return !lost.contains(new TopicPartition(record.topic(), record.partition()));
  }

  /** This record, and all before it, are dealt with. */
  void commit(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    try {
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // Whoever has the partition next sends it again, and it is the same object.
      lost.add(partition);
    }
  }

  /**
   * Lets time pass, and stays in the group.
   *
   * @return false once it is closed
   */
  boolean pause(Duration time) {
    waiting = true;
    consumer.pause(consumer.assignment());
    try {
      Duration rest = time;
      while (!rest.isNegative() && !rest.isZero()) {
        Duration slice = rest.compareTo(POLL) < 0 ? rest : POLL;
        if (!closed.pause(slice)) {
          return false;
        }
        consumer.poll(Duration.ZERO);
        rest = rest.minus(slice);
      }
      return !closed.isClosed();
    } finally {
      waiting = false;
      consumer.resume(consumer.assignment());
    }
  }

  /** Records of this instance's partitions that are not read yet, as far as that is known. */
  long lag() {
    return consumer.assignment().stream()
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(GRACE));
  }
}
