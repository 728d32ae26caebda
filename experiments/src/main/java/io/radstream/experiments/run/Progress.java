package io.radstream.experiments.run;

import java.time.Clock;
import java.util.Optional;

/** How many steps are done and left, and how long the rest may take. */
final class Progress {

  private final Clock clock;
  private final long begun;
  private int runsLeft;
  private long stepsLeft;
  private long stepsDone;

  Progress(Clock clock, int runs, long steps) {
    this.clock = clock;
    this.begun = clock.millis();
    this.runsLeft = runs;
    this.stepsLeft = steps;
  }

  synchronized void done(String run, long steps, ExperimentListener listener) {
    stepsDone += steps;
    leave(steps);
    listener.done(run, runsLeft, secondsLeft());
  }

  synchronized void failed(String run, long steps, Exception cause, ExperimentListener listener) {
    leave(steps);
    listener.failed(run, cause);
  }

  private void leave(long steps) {
    runsLeft--;
    stepsLeft -= steps;
  }

  private Optional<Long> secondsLeft() {
    double seconds = (clock.millis() - begun) / 1e3;
    return stepsDone == 0
        ? Optional.empty()
        : Optional.of(Math.round(seconds * stepsLeft / stepsDone));
  }
}
