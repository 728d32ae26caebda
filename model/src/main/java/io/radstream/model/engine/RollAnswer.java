package io.radstream.model.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/**
 * What one who has come to the {@link RollCall} knows.
 *
 * @param own the address of this machine at which the others reach it
 * @param first that of rank 0
 * @param store its port
 */
record RollAnswer(InetAddress own, InetAddress first, int store) {

  private static final long PAUSE_MILLIS = 50;

  /**
   * Comes, as a rank that is not the first.
   *
   * @throws GroupException where rank 0 is not there, or knows of another world, or not all come
   */
  static RollAnswer of(Seat seat, Deadline deadline) {
    IOException last = null;
    while (!deadline.isOver()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(seat.host(), seat.port()), deadline.left());
        return answer(socket, seat, deadline);
      } catch (IOException e) {
        last = e;
      }
      pause();
    }
    throw new GroupException(
        "%s: rank 0 has not answered at %s within %s, or waits for others in vain"
            .formatted(seat, seat.place(), deadline),
        last);
  }

  private static RollAnswer answer(Socket socket, Seat seat, Deadline deadline) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(RollCall.GREETING);
    out.writeInt(seat.rank());
    out.writeInt(seat.world());
    socket.setSoTimeout(deadline.left());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      switch (in.readByte()) {
        case RollCall.ARE_YOU_THERE -> out.writeByte(RollCall.ARE_YOU_THERE);
        case RollCall.COME -> {
          int store = in.readInt();
          InetAddress first = InetAddress.getByName(in.readUTF());
          InetAddress local = socket.getLocalAddress();
          // On the machine of rank 0, which others reach as they reach rank 0.
          return new RollAnswer(local.isLoopbackAddress() ? first : local, first, store);
        }
        case RollCall.REFUSED ->
            throw new GroupException(
                "%s is refused by rank 0, which is one of %d".formatted(seat, in.readInt()));
        default -> throw new IOException("what answers is no rank 0");
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GroupException("interrupted while the ranks met", e);
    }
  }
}
