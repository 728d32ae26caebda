package io.radstream.results.destination;

import java.time.Duration;

/**
 * How long a receiver is waited for.
 *
 * @param connect until it takes a connection
 * @param answer until it says something, each time
 */
public record Timeouts(Duration connect, Duration answer) {

  public static final Timeouts USUAL = new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(1));

  /** For sockets, in milliseconds. */
  public int connectMillis() {
    return Math.toIntExact(connect.toMillis());
  }

  /** For sockets, in milliseconds. */
  public int answerMillis() {
    return Math.toIntExact(answer.toMillis());
  }
}
