package io.radstream.model.engine;

import java.time.Duration;

/** By when something is to be done; as text, how long that was. */
record Deadline(Duration timeout, long end) {

  static Deadline in(Duration timeout) {
    return new Deadline(timeout, System.nanoTime() + timeout.toNanos());
  }

  boolean isOver() {
    return System.nanoTime() - end >= 0;
  }

  /** In milliseconds, at least one, as 0 would be for ever. */
  int left() {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (end - System.nanoTime()) / 1_000_000));
  }

  @Override
  public String toString() {
    return timeout.toMillis() / 1000.0 + " s";
  }
}
