package io.radstream.model.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Ranks of one group as threads of this process. */
public final class Ranks {

  private Ranks() {}

  /** What a rank does. */
  public interface Work<T> {
    T as(Seat seat) throws Exception;
  }

  /** One seat for each, who meet at a port of their own. */
  public static List<Seat> seats(int world) throws IOException {
    int port = freePort();
    return IntStream.range(0, world)
        .mapToObj(rank -> new Seat(rank, world, "127.0.0.1", port))
        .toList();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** At once; what each has found, in their order. */
  public static <T> List<T> together(List<Seat> seats, Work<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(seats.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Seat seat : seats) {
        running.add(threads.submit(() -> work.as(seat)));
      }
      List<T> found = new ArrayList<>();
      for (Future<T> one : running) {
        found.add(one.get());
      }
      return found;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      threads.shutdownNow();
    }
  }
}
