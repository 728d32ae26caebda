package io.radstream.cli.bench;

import io.radstream.model.StepObserver;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Adds up the time that each phase of a step takes. Not thread-safe. */
final class PhaseClock implements StepObserver {

  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
  private long last;

  PhaseClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A step begins. */
  void start() {
    last = nanoTime.getAsLong();
    nanos.clear();
  }

  @Override
  public void done(Phase phase) {
    long now = nanoTime.getAsLong();
    nanos.merge(phase, now - last, Long::sum);
    last = now;
  }

  /** Since the step began. */
  double seconds(Phase phase) {
    return nanos.getOrDefault(phase, 0L) / NANOS;
  }
}
