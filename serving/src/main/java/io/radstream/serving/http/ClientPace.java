package io.radstream.serving.http;

import java.time.Duration;

/**
 * How slow a client may be before it is let go, so that nobody holds a connection for nothing.
 *
 * @param grace until the first request of a connection, and until the body of a request is there,
 *     on top of what {@code bytesPerSecond} gives it
 * @param bytesPerSecond pace that a body must keep beyond the grace
 * @param between from an answer to the next request whole in its head, and the longest silence
 */
record ClientPace(Duration grace, long bytesPerSecond, Duration between) {

  /** 10 s and 64 KiB a second, a minute between two requests. */
  static final ClientPace DEFAULT =
      new ClientPace(Duration.ofSeconds(10), 64 << 10, Duration.ofMinutes(1));

  /** From the head of a request until so much of its body must be there. */
  Duration allowed(long bytes) {
    return grace.plusMillis(bytes * 1_000 / bytesPerSecond);
  }
}
