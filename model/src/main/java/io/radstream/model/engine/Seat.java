package io.radstream.model.engine;

/**
 * Which of several one is that learn together, and where they meet.
 *
 * @param rank from 0 on
 * @param world how many there are
 * @param host of rank 0, as all of them reach it
 * @param port on which rank 0 waits for the others
 */
public record Seat(int rank, int world, String host, int port) {

  /** Nobody else. */
  public static final Seat ALONE = new Seat(0, 1, "localhost", 0);

  private static final int LAST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException where there is no such seat; the message says why
   */
  public Seat {
    if (world < 1) {
      throw new IllegalArgumentException("a world of %d ranks".formatted(world));
    }
    if (rank < 0 || rank >= world) {
      throw new IllegalArgumentException(
          "rank %d is not among the %d ranks from 0 to %d".formatted(rank, world, world - 1));
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("no host at which the ranks meet");
    }
    if (port < Math.min(1, world - 1) || port > LAST_PORT) {
      throw new IllegalArgumentException("%d is no port to meet at".formatted(port));
    }
  }

  /** Whether this one waits for the others. */
  public boolean isFirst() {
    return rank == 0;
  }

  String place() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return "rank %d of %d".formatted(rank, world);
  }
}
