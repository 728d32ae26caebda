package io.radstream.schemas.log;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from its first record and then follows it, on a thread of its own. Every instance
 * of a service needs every record, so partitions are assigned, not shared out by a group. A broker
 * or a registry that cannot be reached is waited for; records that cannot be read are skipped with
 * a warning. No record is skipped because the listener failed on it: it is given again, after
 * pauses. Whoever starts a follower owns it, and looks at {@link #failure}.
 *
 * @param <T> the record type
 */
public final class TopicFollower<T extends SpecificRecord> implements AutoCloseable {

  /**
   * Receives records in the order of each partition. Where it throws, it is given the same records
   * again.
   */
  public interface Listener<T> {

    /**
     * @param records may be empty in the one call that tells that the end was reached
     * @param caughtUp whether everything that was there at the start has been read
     */
    void accept(List<T> records, boolean caughtUp);
  }

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final RecordReader<T> reader;
  private final Listener<T> listener;
  private final AtomicReference<TopicConsumer> open = new AtomicReference<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Patience patience = Patience.endless(this::pause);
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final CompletableFuture<Boolean> past = new CompletableFuture<>();
  private final Thread thread;
  private volatile Optional<Throwable> failure = Optional.empty();
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
    return new TopicFollower<>(
        connection.topics().of(topic),
        KafkaClients.of(connection)::consumer,
        new RecordReader<>(type, connection),
        listener);
  }

  public void start() {
    thread.start();
  }

  /** Full name. */
  public String topic() {
    return topic;
  }

  /**
   * Why the topic is not followed: it ended for good ({@link UnreadableTopicException}, or what
   * nobody foresaw), or the listener does not take the next records, for as long as it does not.
   * Empty while all is well, and while a broker or a registry is waited for.
   */
  public Optional<Throwable> failure() {
    return failure;
  }

  /**
   * Waits until the listener has taken everything that was there at the start.
   *
   * @return false where that takes longer
   * @throws UnreadableTopicException where the topic is not followed any more
   */
  public boolean awaitPast(Duration atMost) throws InterruptedException {
    try {
      return past.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw unfollowed(e.getCause());
    }
  }

  /**
   * @throws UnreadableTopicException where there is a {@link #failure}
   */
  public void requireFollowed() {
    failure.ifPresent(
        cause -> {
          throw unfollowed(cause);
        });
  }

  private UnreadableTopicException unfollowed(Throwable cause) {
    return new UnreadableTopicException(
        "topic %s is not followed any more: %s".formatted(topic, cause.getMessage()), cause);
  }

  private void run() {
    try {
      Patience.Wait wait = patience.begin();
      while (!isClosed()) {
        if (!followed()) {
          wait.pause();
        }
      }
    } catch (WakeupException | InterruptException e) {
      end(e);
    } catch (RuntimeException | Error e) {
      // Whatever it is, the thread is gone: its owner has to know.
      end(e);
    }
  }

  private void end(Throwable cause) {
    past.completeExceptionally(cause);
    if (!isClosed()) {
      failure = Optional.of(cause);
      LOG.atError()
          .addKeyValue("topic", topic)
          .log("the topic is not followed any more: {}", cause.getMessage());
      LOG.atDebug().setCause(cause).log("why the topic is not followed");
    }
  }

  /** Returns where a new client may help. */
  private boolean followed() {
    try (TopicConsumer log = new TopicConsumer(consumers.get(), topic, patience)) {
      open.set(log);
      follow(log);
      return true;
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      RuntimeException explained = ReadFailures.explained(topic, e);
      if (explained instanceof UnreadableTopicException) {
        throw explained;
      }
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .setCause(e)
          .log("Kafka does not let us read the topic; trying again");
      return false;
    }
  }

  private void follow(TopicConsumer log) {
    Map<TopicPartition, Long> ends = assign(log);
    while (!isClosed()) {
      ConsumerRecords<byte[], byte[]> polled = log.poll(POLL);
      List<T> records = new ArrayList<>();
      polled.forEach(message -> read(log, message).ifPresent(records::add));
      boolean reached =
          ends.entrySet().stream().allMatch(end -> log.position(end.getKey()) >= end.getValue());
      if (!records.isEmpty() || (reached && !caughtUp)) {
        hand(records, caughtUp || reached);
      }
      caughtUp |= reached;
      polled.forEach(
          message ->
              positions.put(new TopicPartition(topic, message.partition()), message.offset() + 1));
      if (reached) {
        past.complete(true);
      }
    }
  }

  private void hand(List<T> records, boolean all) {
    Patience.Wait wait = patience.begin();
    boolean tell = true;
    while (true) {
      try {
        listener.accept(records, all);
        failure = Optional.empty();
        return;
      } catch (RuntimeException | Error e) {
        failure = Optional.of(e);
        if (tell) {
          LOG.atError()
              .addKeyValue("topic", topic)
              .setCause(e)
              .log("records of the topic cannot be dealt with; trying them again");
        }
      }
      tell = wait.pause();
    }
  }

  private Map<TopicPartition, Long> assign(TopicConsumer log) {
    List<TopicPartition> partitions = partitions(log);
    log.assign(partitions);
    log.begins(partitions).forEach((at, begin) -> log.seek(at, positions.getOrDefault(at, begin)));
    return log.ends(partitions);
  }

  /** Waits for the topic to exist: the service may well start before anything is published. */
  private List<TopicPartition> partitions(TopicConsumer log) {
    Patience.Wait wait = patience.begin();
    List<TopicPartition> found = log.partitionsIfAny();
    while (found.isEmpty()) {
      if (wait.pause()) {
        LOG.atWarn()
            .addKeyValue("topic", topic)
            .addKeyValue("seconds", wait.seconds())
            .log("waiting for the topic, which does not exist; radstream topics create");
      }
      found = log.partitionsIfAny();
    }
    return found;
  }

  private Optional<T> read(TopicConsumer log, ConsumerRecord<byte[], byte[]> message) {
    Decoded<T> decoded = log.decode(() -> reader.read(topic, message.value()));
    if (decoded instanceof Decoded.Invalid<T> invalid) {
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("partition", message.partition())
          .addKeyValue("offset", message.offset())
          .addKeyValue("reason", invalid.reason())
          .log("skipped a record: {}", invalid.message());
      return Optional.empty();
    }
    return Optional.of(((Decoded.Valid<T>) decoded).value());
  }

  private void pause(Duration time) {
    try {
      if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new WakeupException();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Ends the thread and waits for it, so that no listener is called afterwards. */
  @Override
  public void close() {
    closed.countDown();
    TopicConsumer log = open.get();
    if (log != null) {
      log.wakeup();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
