package io.radstream.serving.live;

import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.score.ModelIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on {@code models.live} which checkpoint is live: when it becomes so, again every {@link
 * #EVERY}, and at the end that there is none any more. All of it happens on a thread of its own, so
 * that neither a request nor a load ever waits for it.
 */
public final class LiveAnnouncer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveAnnouncer.class);

  /** A reader may take an instance for dead that has said nothing for several times as long. */
  public static final Duration EVERY = Duration.ofSeconds(30);

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final LiveRecords records;
  private final Supplier<Optional<ModelIdentity>> live;
  private final Duration every;
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(
          1, LiveAnnouncer::daemon, new ThreadPoolExecutor.DiscardPolicy());

  /** The one that was said last; touched by the thread only. */
  private Optional<ModelIdentity> said = Optional.empty();

  LiveAnnouncer(LiveRecords records, Supplier<Optional<ModelIdentity>> live, Duration every) {
    this.records = records;
    this.live = live;
    this.every = every;
  }

  /**
   * @param instance name of this service that no other one has
   * @param live the live model; asked on another thread
   */
  public static LiveAnnouncer of(
      KafkaConnection connection,
      String instance,
      Supplier<Optional<ModelIdentity>> live,
      InstantSource clock) {
    return new LiveAnnouncer(LiveRecords.of(connection, instance, clock), live, EVERY);
  }

  private static Thread daemon(Runnable task) {
    Thread made = new Thread(task, "announce-live");
    made.setDaemon(true);
    return made;
  }

  public void start() {
    long nanos = every.toNanos();
    Future<?> unused =
        thread.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** One that fails would end all further ones, in silence. */
  private void beat() {
    try {
      live.get().ifPresent(this::say);
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("cannot tell which checkpoint is in use; trying again");
    }
  }

  /** To be called when another checkpoint may have become live; returns at once. */
  public void changed() {
    Optional<ModelIdentity> now = live.get();
    thread.execute(() -> now.filter(identity -> !said.equals(now)).ifPresent(this::say));
  }

  private void say(ModelIdentity identity) {
    said = Optional.of(identity);
    records.write(identity);
  }

  /** Takes back what was said, if the broker lets it within seconds. Nothing is said afterwards. */
  @Override
  public void close() {
    thread.execute(
        () -> {
          records.retract();
          records.close();
        });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
