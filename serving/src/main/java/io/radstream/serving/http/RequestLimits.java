package io.radstream.serving.http;

import java.time.Duration;

/**
 * How long a client may take to ask, and how much all may ask at a time. How long an answer takes
 * is not limited.
 *
 * @param head from a new connection to the end of its first request's headers
 * @param between from an answer to the end of the next request's headers
 * @param grace for a body of any size, counted from the end of its headers
 * @param bytesPerSecond each second beyond the grace has to be paid for with so many bytes of body
 * @param silence after which a connection on which no byte moves is closed, whatever it waits for
 * @param bodyBytes of all requests that are not answered yet; more are turned away
 * @param listeners to events at a time; more are turned away
 */
public record RequestLimits(
    Duration head,
    Duration between,
    Duration grace,
    long bytesPerSecond,
    Duration silence,
    long bodyBytes,
    int listeners) {

  public static final RequestLimits DEFAULT =
      new RequestLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          64 << 10,
          Duration.ofMinutes(5),
          Runtime.getRuntime().maxMemory() / 4,
          256);

  /** How long a body may have taken of which so many bytes have come. */
  Duration allowance(long bytes) {
    return grace.plusMillis(bytes * 1000 / bytesPerSecond);
  }
}
