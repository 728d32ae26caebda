package io.radstream.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from its first record and then follows it, on a thread of its own. Every instance
 * of a service needs every record, so partitions are assigned, not shared out by a group. A broker
 * or a registry that cannot be reached is waited for; records that cannot be read are skipped with
 * a warning.
 *
 * @param <T> the record type
 */
public final class TopicFollower<T extends SpecificRecord> implements AutoCloseable {

  /** Receives records in the order of each partition. */
  public interface Listener<T> {

    /**
     * @param records may be empty in the one call that tells that the end was reached
     * @param caughtUp whether everything that was there at the start has been read
     */
    void accept(List<T> records, boolean caughtUp);
  }

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final RecordReader<T> reader;
  private final Listener<T> listener;
  private final AtomicReference<Consumer<byte[], byte[]>> open = new AtomicReference<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Thread thread;
  private boolean caughtUp;

  /**
   * @param consumers opens a consumer; asked again after a failure
   */
  public TopicFollower(
      String topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      RecordReader<T> reader,
      Listener<T> listener) {
    this.topic = topic;
    this.consumers = consumers;
    this.reader = reader;
    this.listener = listener;
    this.thread = new Thread(this::run, "follow-" + topic);
    thread.setDaemon(true);
  }

  /** Follows a topic of this cluster; {@link #start} begins. */
  public static <T extends SpecificRecord> TopicFollower<T> of(
      KafkaConnection connection, Topic topic, Class<T> type, Listener<T> listener) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new TopicFollower<>(
        connection.topics().of(topic),
        () -> new KafkaConsumer<>(connection.consumerConfig(), bytes, bytes),
        new RecordReader<>(type, connection),
        listener);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!isClosed()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        open.set(consumer);
        follow(consumer);
      } catch (WakeupException e) {
        return;
      } catch (KafkaException e) {
        LOG.atWarn()
            .addKeyValue("topic", topic)
            .setCause(e)
            .log("Kafka does not let us read the topic; trying again");
        pause();
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Long> ends = assign(consumer);
    while (!isClosed()) {
      List<T> records = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        read(message, records);
      }
      boolean reached = ends.entrySet().stream().allMatch(end -> passed(consumer, end));
      boolean news = reached && !caughtUp;
      caughtUp |= reached;
      if (news || !records.isEmpty()) {
        listener.accept(records, caughtUp);
      }
    }
  }

  private static boolean passed(
      Consumer<byte[], byte[]> consumer, Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) >= end.getValue();
  }

  private Map<TopicPartition, Long> assign(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = partitions(consumer);
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      Long next = positions.get(partition);
      if (next == null) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, next);
      }
    }
    return consumer.endOffsets(partitions);
  }

  /** Waits for the topic to exist: the service may well start before anything is published. */
  private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    while (!isClosed()) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      if (found != null && !found.isEmpty()) {
        return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
      }
      pause();
    }
    throw new WakeupException();
  }

  private void read(ConsumerRecord<byte[], byte[]> message, List<T> records) {
    Decoded<T> decoded = decode(message);
    if (decoded instanceof Decoded.Valid<T> valid) {
      records.add(valid.value());
    } else if (decoded instanceof Decoded.Invalid<T> invalid) {
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("partition", message.partition())
          .addKeyValue("offset", message.offset())
          .addKeyValue("reason", invalid.reason())
          .log("skipped a record: {}", invalid.message());
    }
    positions.put(new TopicPartition(topic, message.partition()), message.offset() + 1);
  }

  private Decoded<T> decode(ConsumerRecord<byte[], byte[]> message) {
    while (!isClosed()) {
      try {
        return reader.read(topic, message.value());
      } catch (RegistryUnavailableException e) {
        LOG.atWarn()
            .addKeyValue("topic", topic)
            .log("schema registry does not answer; trying again");
        pause();
      }
    }
    throw new WakeupException();
  }

  private void pause() {
    try {
      boolean ended = closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.trace("waited for topic {}, ended: {}", topic, ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Ends the thread and waits for it, so that no listener is called afterwards. */
  @Override
  public void close() {
    closed.countDown();
    Consumer<byte[], byte[]> consumer = open.get();
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
