package io.radstream.model.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/**
 * Connected with all others.
 *
 * @param store lives longer than the transport
 */
record Rendezvous(TcpStore store, Transport transport) implements AutoCloseable {

  /**
   * @param gpu whether a GPU's arrays are exchanged as well
   * @throws GroupException where the ranks do not meet within the time
   */
  static Rendezvous of(Seat seat, boolean gpu, Duration timeout) {
    NativeTorch torch = NativeTorch.loaded();
    Deadline deadline = Deadline.in(timeout);
    return seat.isFirst() ? first(torch, seat, gpu, deadline) : later(torch, seat, gpu, deadline);
  }

  private static Rendezvous first(NativeTorch torch, Seat seat, boolean gpu, Deadline deadline) {
    Patience patience = Patience.of(deadline.timeout());
    try (ServerSocket door = seat.listen()) {
      TcpStore store = TcpStore.serve(torch, door.getInetAddress(), patience);
      try {
        InetAddress own = new RollCall(seat, deadline).call(door, store.port());
        return new Rendezvous(store, Transport.connect(torch, store, seat, gpu, own, patience));
      } catch (GroupException e) {
        store.close();
        throw e;
      }
    } catch (IOException e) {
      throw new GroupException(
          "rank 0 cannot wait for the others at %s: %s".formatted(seat.place(), e.getMessage()), e);
    }
  }

  private static Rendezvous later(NativeTorch torch, Seat seat, boolean gpu, Deadline deadline) {
    Patience patience = Patience.of(deadline.timeout());
    RollAnswer answer = RollAnswer.of(seat, deadline);
    TcpStore store = TcpStore.join(torch, answer.first(), answer.store(), patience);
    return new Rendezvous(
        store, Transport.connect(torch, store, seat, gpu, answer.own(), patience));
  }

  @Override
  public void close() {
    transport.close();
    store.close();
  }
}
