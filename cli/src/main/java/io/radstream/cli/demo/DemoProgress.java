package io.radstream.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells the person at the terminal what the demo is doing. */
public final class DemoProgress {

  private final PrintWriter err;
  private final InstantSource clock;
  private final Instant start;

  public DemoProgress(PrintWriter err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
    this.start = clock.instant();
  }

  /** Since the demo began, in seconds. */
  double seconds() {
    return Duration.between(start, clock.instant()).toMillis() / 1000.0;
  }

  /** One line, with the time since the demo began. */
  public void tell(String message) {
    err.printf("[%5.1f s] %s%n", seconds(), message);
    err.flush();
  }
}
