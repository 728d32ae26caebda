package io.radstream.model.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;

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

  /**
   * Where rank 0 waits: at the address that the others are given where it is one of this machine. A
   * name that means itself on its own machine, as Debian's do, is another address to the others;
   * one that is not known here, or not yet, may be to them. Then it is at all addresses.
   *
   * @throws java.net.BindException where the port is taken
   */
  public ServerSocket listen() throws IOException {
    ServerSocket door = new ServerSocket();
    try {
      door.setReuseAddress(true);
      door.bind(address(), world);
      return door;
    } catch (IOException e) {
      door.close();
      throw e;
    }
  }

  private InetSocketAddress address() throws SocketException {
    try {
      InetAddress meant = InetAddress.getByName(host);
      boolean ownName = meant.isLoopbackAddress() && !isLoopback(host);
      boolean here = NetworkInterface.getByInetAddress(meant) != null;
      return here && !ownName ? new InetSocketAddress(meant, port) : new InetSocketAddress(port);
    } catch (UnknownHostException e) {
      return new InetSocketAddress(port);
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  /** Where they meet. */
  public String place() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return "rank %d of %d".formatted(rank, world);
  }
}
