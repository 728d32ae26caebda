package io.radstream.serving;

import io.radstream.serving.access.AccessConfig;
import java.util.Objects;

/**
 * Where the service listens, and to whom.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param maxBodyBytes larger requests are refused
 * @param access who may ask, and from where
 */
public record ListenConfig(String host, int port, long maxBodyBytes, AccessConfig access) {

  /** 64 MiB: sixteen radiographs as JPEG at full resolution. */
  public static final long DEFAULT_MAX_BODY_BYTES = 64L << 20;

  /** Loopback only, port 8080, open to who reaches it. */
  public static final ListenConfig DEFAULT =
      new ListenConfig("127.0.0.1", 8080, DEFAULT_MAX_BODY_BYTES, AccessConfig.open());

  /**
   * @throws IllegalArgumentException where one of these is out of its range, or the address can be
   *     reached by others while nothing keeps them out
   */
  public ListenConfig {
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (maxBodyBytes < 1 || maxBodyBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a request may hold 1 to %d bytes, not %d".formatted(Integer.MAX_VALUE, maxBodyBytes));
    }
    access.requireSafe(host);
  }

  /** The same on another port; 0 for any free one. */
  public ListenConfig withPort(int other) {
    return new ListenConfig(host, other, maxBodyBytes, access);
  }
}
