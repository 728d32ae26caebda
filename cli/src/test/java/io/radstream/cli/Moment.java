package io.radstream.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The pause between two looks: whoever waits without one takes a core from what is waited for. */
final class Moment {

  private static final Duration LENGTH = Duration.ofMillis(2);

  private Moment() {}

  /** Over at once where the thread was interrupted. */
  static void pass() {
    LockSupport.parkNanos(LENGTH.toNanos());
  }
}
