package io.radstream.producers.dicom.listen;

import io.radstream.producers.access.Tls;
import java.time.Duration;
import java.util.Optional;

/**
 * How a listener listens.
 *
 * @param bind address, as {@code 127.0.0.1}, or {@code 0.0.0.0} for all of this machine
 * @param port 0 for any free one
 * @param title the AE title that is called here
 * @param unwanted what is answered where an instance is whole, and nothing to learn from
 */
public record ListenConfig(
    String bind,
    int port,
    AeTitle title,
    CallingPeers peers,
    Limits limits,
    Timeouts timeouts,
    Optional<Tls> tls,
    UnwantedAnswer unwanted) {

  /**
   * @throws IllegalArgumentException where anybody in the network could send
   */
  public ListenConfig {
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("the port is %d; 0 to 65535 are ports".formatted(port));
    }
    if (peers.isUnsaid() && !Addresses.isLoopback(bind)) {
      throw new IllegalArgumentException(
          "who may send is not said: name the AE titles that may, with or without their hosts,"
              + " by --allow, or --allow '*' for all");
    }
  }

  /**
   * What all peers together may take of this machine.
   *
   * @param associations at a time, at least 1
   * @param object largest data set, in bytes
   * @param memory data sets in hand, received or not yet acknowledged, in bytes; at least one of
   *     the largest
   */
  public record Limits(int associations, long object, long memory) {

    /** An array can have as many, with what is put in front of a data set. */
    public static final long MOST_BYTES = 1 << 30;

    public Limits {
      if (associations < 1) {
        throw new IllegalArgumentException("at least one association must be allowed");
      }
      if (object < 1 || object > MOST_BYTES) {
        throw new IllegalArgumentException(
            "the largest data set is %d bytes; 1 to %d can be taken".formatted(object, MOST_BYTES));
      }
      if (memory < object) {
        throw new IllegalArgumentException(
            "the memory for data sets is %d bytes; the largest one alone may have %d"
                .formatted(memory, object));
      }
    }
  }

  /**
   * How long a peer is waited for; all longer than 0.
   *
   * @param request from the connection to the whole A-ASSOCIATE-RQ
   * @param idle that a peer says nothing while nothing is owed to it
   * @param object from a C-STORE's first byte to its last
   * @param closing once all is said, for the peer to close the connection
   * @param grace that associations may go on once the listener is to stop
   */
  public record Timeouts(
      Duration request, Duration idle, Duration object, Duration closing, Duration grace) {

    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    public Timeouts {
      check(request);
      check(idle);
      check(object);
      check(closing);
      check(grace);
    }

    private static void check(Duration duration) {
      if (duration.toMillis() < 1) {
        throw new IllegalArgumentException("a time of less than a millisecond is too short");
      }
    }
  }
}
