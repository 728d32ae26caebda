package io.radstream.serving.follow;

import io.micrometer.core.instrument.Clock;
import java.util.concurrent.TimeUnit;

/** Notices where the wall clock goes another way than time does. For one thread. */
final class ClockWatch {

  /** Less is how clocks are kept right, and does no harm. */
  private static final long MOST_MILLIS = 5_000;

  private final Clock clock;
  private long ahead;

  ClockWatch(Clock clock) {
    this.clock = clock;
    this.ahead = ahead();
  }

  /** Whether it was set back since the last look. */
  boolean wasSetBack() {
    long before = ahead;
    ahead = ahead();
    return ahead < before - MOST_MILLIS;
  }

  private long ahead() {
    return clock.wallTime() - TimeUnit.NANOSECONDS.toMillis(clock.monotonicTime());
  }
}
