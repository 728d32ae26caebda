package io.radstream.trainer.timing;

import io.radstream.model.training.StepObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Adds up the time that each phase takes, over all threads. Thread-safe. */
public final class PhaseTimes {

  private static final double NANOS = 1e9;

  private final Clock clock;
  private final Map<Phase, LongAdder> nanos = new EnumMap<>(Phase.class);

  public PhaseTimes(Clock clock) {
    this.clock = clock;
    for (Phase phase : Phase.values()) {
      nanos.put(phase, new LongAdder());
    }
  }

  /** From now to {@link Running#end}; what fails before is not counted. */
  public Running begin(Phase phase) {
    return new Running(phase, clock.instant());
  }

  public <T> T during(Phase phase, Supplier<T> work) {
    Running running = begin(phase);
    T result = work.get();
    running.end();
    return result;
  }

  /** Adds up the phases of an optimizer step that begins now. For one thread. */
  public StepObserver step() {
    return new Step();
  }

  /** All so far, in seconds. */
  public Map<Phase, Double> seconds() {
    Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
    nanos.forEach((phase, sum) -> seconds.put(phase, sum.sum() / NANOS));
    return seconds;
  }

  private static Phase of(StepObserver.Phase phase) {
    return switch (phase) {
      case FORWARD -> Phase.FORWARD;
      case BACKWARD -> Phase.BACKWARD;
      case UPDATE -> Phase.UPDATE;
    };
  }

  private void add(Phase phase, Instant from, Instant to) {
    nanos.get(phase).add(Duration.between(from, to).toNanos());
  }

  /** A phase under way. */
  public final class Running {

    private final Phase phase;
    private final Instant began;

    private Running(Phase phase, Instant began) {
      this.phase = phase;
      this.began = began;
    }

    public void end() {
      add(phase, began, clock.instant());
    }
  }

  private final class Step implements StepObserver {

    private Instant last = clock.instant();

    @Override
    public void done(StepObserver.Phase phase) {
      Instant now = clock.instant();
      add(of(phase), last, now);
      last = now;
    }
  }
}
