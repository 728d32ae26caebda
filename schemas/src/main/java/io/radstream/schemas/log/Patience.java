package io.radstream.schemas.log;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The one rule for waiting on the log: pauses between two tries grow to five seconds; a wait is
 * told after ten seconds and then each time that it has doubled, at least every ten minutes.
 *
 * @param limit after which a wait is given up; empty to wait for ever
 * @param pause how to let time pass
 */
public record Patience(Optional<Duration> limit, Pause pause) {

  /** How long whoever reads records that are there waits for the broker or the registry. */
  public static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Duration FIRST_TOLD = Duration.ofSeconds(10);
  private static final Duration LONGEST_UNTOLD = Duration.ofMinutes(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {

    /**
     * @throws org.apache.kafka.common.KafkaException where there is no point in waiting any more
     */
    void pause(Duration time);
  }

  /** Of whoever reads what is there. */
  public static Patience limited() {
    return new Patience(Optional.of(LIMIT), Patience::sleep);
  }

  /** Of whoever reads what may come. */
  public static Patience endless(Pause pause) {
    return new Patience(Optional.empty(), pause);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Begins to wait for one thing. */
  public Wait begin() {
    return new Wait();
  }

  /** One wait. It counts what was spent on it itself, and needs no clock. For one thread. */
  public final class Wait {

    private Duration waited = Duration.ZERO;
    private Duration told = FIRST_TOLD;
    private Duration next = FIRST_PAUSE;

    private Wait() {}

    /**
     * So much time was spent in vain.
     *
     * @return whether to say so now
     */
    public boolean spent(Duration time) {
      waited = waited.plus(time);
      boolean tell = waited.compareTo(told) >= 0;
      if (tell) {
        told = waited.plus(shorter(waited, LONGEST_UNTOLD));
      }
      return tell;
    }

    /**
     * Lets a while pass before the next try, longer each time.
     *
     * @return whether to say so now
     */
    public boolean pause() {
      Duration time = next;
      next = shorter(next.multipliedBy(2), LONGEST_PAUSE);
      pause.pause(time);
      return spent(time);
    }

    /** Whether it has been long enough. */
    public boolean isOver() {
      return limit.isPresent() && waited.compareTo(limit.get()) >= 0;
    }

    public long seconds() {
      return waited.toSeconds();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
