package io.radstream.model.engine;

import java.time.Duration;

/**
 * How long the engine waits for other ranks.
 *
 * @param connecting while they connect, after which the process ends: much longer than it takes
 * @param exchanging later, after which there is an exception
 */
record Patience(Duration connecting, Duration exchanging) {

  private static final Duration LEAST = Duration.ofMinutes(1);

  static Patience of(Duration timeout) {
    return new Patience(timeout.compareTo(LEAST) > 0 ? timeout : LEAST, timeout);
  }
}
