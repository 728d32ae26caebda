package io.radstream.model.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether all are there, before the engine is asked to connect them: where one is missing, it would
 * end the process. Rank 0 waits for the others, asks all of them once more, and tells them where
 * its store is.
 */
final class RollCall {

  static final int GREETING = 0x52616453;
  static final byte ARE_YOU_THERE = 1;
  static final byte COME = 2;
  static final byte REFUSED = 3;
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Seat seat;
  private final Deadline deadline;

  RollCall(Seat seat, Deadline deadline) {
    this.seat = seat;
    this.deadline = deadline;
  }

  /**
   * Of rank 0.
   *
   * @param store the port to tell
   * @return the address of this machine at which the others reach it
   * @throws GroupException where some do not come
   */
  InetAddress call(ServerSocket door, int store) {
    Map<Integer, Socket> present = new TreeMap<>();
    try {
      while (present.size() < seat.world() - 1) {
        greet(accept(door, present), present);
        if (present.size() == seat.world() - 1) {
          present.values().removeIf(one -> !isThere(one));
        }
      }
      InetAddress own = own(present);
      for (Socket one : present.values()) {
        say(one, COME, store);
        new DataOutputStream(one.getOutputStream()).writeUTF(own.getHostAddress());
      }
      return own;
    } catch (IOException e) {
      throw new GroupException("%s: the others cannot be told".formatted(seat), e);
    } finally {
      present.values().forEach(RollCall::close);
    }
  }

  /** Where one of another machine has reached it, if any is on another. */
  private static InetAddress own(Map<Integer, Socket> present) {
    return present.values().stream()
        .map(Socket::getLocalAddress)
        .min(Comparator.comparing(InetAddress::isLoopbackAddress))
        .orElseThrow();
  }

  private Socket accept(ServerSocket door, Map<Integer, Socket> present) throws IOException {
    try {
      door.setSoTimeout(deadline.left());
      return door.accept();
    } catch (SocketTimeoutException e) {
      String missing =
          IntStream.range(1, seat.world())
              .filter(rank -> !present.containsKey(rank))
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", "));
      throw new GroupException(
          "of %d ranks, these have not come to %s within %s: %s"
              .formatted(seat.world(), seat.place(), deadline, missing),
          e);
    }
  }

  /** A stranger is let go, and one of whom there are two is the later one. */
  private void greet(Socket one, Map<Integer, Socket> present) {
    try {
      one.setSoTimeout(Math.min(deadline.left(), Math.toIntExact(ANSWER.toMillis())));
      DataInputStream in = new DataInputStream(one.getInputStream());
      if (in.readInt() != GREETING) {
        close(one);
        return;
      }
      int rank = in.readInt();
      int world = in.readInt();
      if (world != seat.world() || rank < 1 || rank >= world) {
        say(one, REFUSED, seat.world());
        close(one);
        return;
      }
      Socket before = present.put(rank, one);
      if (before != null) {
        close(before);
      }
    } catch (IOException e) {
      close(one);
    }
  }

  private static void say(Socket one, byte what, int number) throws IOException {
    DataOutputStream out = new DataOutputStream(one.getOutputStream());
    out.writeByte(what);
    out.writeInt(number);
  }

  private static boolean isThere(Socket one) {
    try {
      one.getOutputStream().write(ARE_YOU_THERE);
      if (one.getInputStream().read() == ARE_YOU_THERE) {
        return true;
      }
    } catch (IOException e) {
      // As one who says nothing.
    }
    close(one);
    return false;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing was to be said to it any more.
    }
  }
}
