package io.radstream.cli.traces;

import io.opentelemetry.sdk.common.Clock;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Times spans by the clock that everything else goes by. */
record SpanClock(InstantSource clock) implements Clock {

  @Override
  public long now() {
    java.time.Instant now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  @Override
  public long nanoTime() {
    return now();
  }
}
