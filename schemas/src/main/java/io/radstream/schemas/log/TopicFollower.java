package io.radstream.schemas.log;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import java.time.Duration;
import java.util.List;
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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from its first record and then follows it, on a thread of its own. Every instance
 * of a service needs every record, so partitions are assigned, not shared out by a group. A broker
 * or a registry that cannot be reached is waited for; of records that cannot be read, the log warns
 * and the listener is told. No record is skipped because the listener failed on it: it is given
 * again, after pauses. Whoever starts a follower owns it, and looks at {@link #failure}.
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

    /**
     * The same, with the spans that the records were published in.
     *
     * @param origins one for each record; invalid where it tells of none
     */
    default void accept(List<T> records, List<SpanContext> origins, boolean caughtUp) {
      accept(records, caughtUp);
    }

    /**
     * Told, before the records that came with them, of those whose value cannot be read; nothing is
     * done about them unless it is done here.
     */
    default void unreadable(List<UnreadableRecord> records) {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final RecordStream<T> stream;
  private final Listener<T> listener;
  private final Handover handover;
  private final AtomicReference<TopicConsumer> open = new AtomicReference<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Patience patience = Patience.endless(this::pause);
  private final CompletableFuture<Boolean> past = new CompletableFuture<>();
  private final Thread thread;
  private volatile Optional<Throwable> ended = Optional.empty();
  private boolean caughtUp;

  /**
   * @param consumers opens a consumer; asked again after a failure
   */
  public TopicFollower(
      String topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      RecordReader<T> reader,
      Listener<T> listener) {
    this(topic, consumers, reader, listener, Long.MAX_VALUE);
  }

  /**
   * The same from one of the last records on.
   *
   * @param most records of those that are there at the start, shared out evenly over the partitions
   */
  public TopicFollower(
      String topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      RecordReader<T> reader,
      Listener<T> listener,
      long most) {
    this.topic = topic;
    this.consumers = consumers;
    this.stream = new RecordStream<>(topic, reader, patience, most);
    this.listener = listener;
    this.handover = new Handover(topic, patience);
    this.thread = new Thread(this::run, "follow-" + topic);
    thread.setDaemon(true);
  }

  /** Follows a topic of this cluster; {@link #start} begins. */
  public static <T extends SpecificRecord> TopicFollower<T> of(
      KafkaConnection connection, Topic topic, Class<T> type, Listener<T> listener) {
    return ofLast(connection, topic, type, listener, Long.MAX_VALUE);
  }

  /**
   * The same from one of the last records on.
   *
   * @param most records of those that are there at the start, shared out evenly over the partitions
   */
  public static <T extends SpecificRecord> TopicFollower<T> ofLast(
      KafkaConnection connection, Topic topic, Class<T> type, Listener<T> listener, long most) {
    return new TopicFollower<>(
        connection.topics().of(topic),
        KafkaClients.of(connection)::consumer,
        new RecordReader<>(type, connection),
        listener,
        most);
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
    return ended.or(handover::failure);
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
    failure()
        .ifPresent(
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
      while (!isClosed()) {
        Patience.Wait wait = patience.begin();
        while (!followed()) {
          wait.pause();
        }
      }
    } catch (RuntimeException | Error e) {
      // Whatever it is, the thread is gone: its owner has to know.
      end(e);
    }
  }

  private void end(Throwable cause) {
    boolean byItself = !isClosed();
    if (byItself) {
      ended = Optional.of(cause);
    }
    // Last: whoever is woken by it looks at what has ended the thread.
    past.completeExceptionally(cause);
    if (byItself) {
      LOG.atError()
          .addKeyValue("topic", topic)
          .log("the topic is not followed any more: {}", cause.getMessage());
      LOG.atDebug().setCause(cause).log("why the topic is not followed");
    }
  }

  /**
   * @return false where a new client may help
   */
  private boolean followed() {
    try (TopicConsumer log = new TopicConsumer(consumers.get(), topic, patience)) {
      open.set(log);
      follow(log);
      return true;
    } catch (WakeupException e) {
      if (isClosed()) {
        throw e;
      }
      return false;
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      RuntimeException explained = ReadFailures.explained(topic, e);
      if (explained instanceof UnreadableTopicException) {
        throw explained;
      }
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .log("Kafka does not let us read the topic; trying again: {}", e.getMessage());
      LOG.atDebug().setCause(e).log("why Kafka does not let us read the topic");
      return false;
    }
  }

  private void follow(TopicConsumer log) {
    stream.open(log);
    while (!isClosed()) {
      RecordStream.Read<T> read = stream.read(log);
      give(read);
      stream.dealtWith(read);
      if (read.atEnd()) {
        caughtUp = true;
        past.complete(true);
      }
    }
  }

  private void give(RecordStream.Read<T> read) {
    if (!read.unreadable().isEmpty()) {
      handover.give(() -> listener.unreadable(read.unreadable()));
    }
    if (!read.records().isEmpty() || (read.atEnd() && !caughtUp)) {
      handover.give(
          () -> listener.accept(read.records(), read.origins(), caughtUp || read.atEnd()));
    }
  }

  /**
   * Goes on with a new client where the last one was, as one that waits for a time which is far
   * away now. Returns at once; nothing is skipped.
   */
  public void reopen() {
    TopicConsumer log = open.get();
    if (log != null) {
      log.wakeup();
    }
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
    reopen();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
