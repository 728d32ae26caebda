package io.radstream.producers.hl7.mllp;

import io.radstream.producers.access.Tls;
import java.time.Duration;
import java.util.Optional;

/**
 * How a listener listens.
 *
 * @param host address to bind
 * @param port 0 for any free one
 * @param tls empty: in the clear
 * @param maxMessageBytes largest message
 * @param memoryBytes most bytes of all messages that are coming or under way, at least as many
 * @param maxConnections at a time; another one is closed at once
 * @param window most messages of a connection that wait for their answer before no more are read
 * @param idle a connection on which nothing came for so long is closed; zero: never
 * @param grace how long a stop waits for the answers to what was received
 */
public record MllpSettings(
    String host,
    int port,
    Optional<Tls> tls,
    int maxMessageBytes,
    long memoryBytes,
    int maxConnections,
    int window,
    Duration idle,
    Duration grace) {

  public MllpSettings {
    require(port >= 0 && port <= 65_535, "the port is between 0 and 65535");
    require(maxMessageBytes >= 4096, "a message may have 4096 bytes at least");
    require(
        memoryBytes >= maxMessageBytes, "all messages together need the memory of one at least");
    require(maxConnections > 0, "one connection at least is needed");
    require(window > 0, "one message at least is to be under way");
    require(!idle.isNegative() && !grace.isNegative(), "a time is not below zero");
  }

  /** In the clear, to programs on this machine only. */
  public static MllpSettings local(int port) {
    return new MllpSettings(
        "127.0.0.1",
        port,
        Optional.empty(),
        16 << 20,
        256L << 20,
        64,
        32,
        Duration.ofHours(1),
        Duration.ofSeconds(30));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
