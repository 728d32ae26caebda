package io.radstream.trainer.share;

import io.radstream.model.engine.GroupException;
import io.radstream.model.engine.Seat;
import io.radstream.trainer.ranks.Terms;
import io.radstream.trainer.ranks.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where rank 0 waits, seen from outside. */
final class Door {

  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final long PAUSE_MILLIS = 200;
  private static final int PAUSES_BEFORE_TELLING = 150;
  private static final int CONNECT_MILLIS = 10_000;

  private Door() {}

  /**
   * Tries until it opens.
   *
   * @throws GroupException where it does not in time
   */
  static Wire knock(Terms terms) {
    Seat seat = terms.seat();
    long end = System.nanoTime() + terms.timeout().toNanos();
    IOException last = null;
    for (int tries = 1; System.nanoTime() - end < 0; tries++) {
      try {
        return connected(terms);
      } catch (IOException e) {
        last = e;
      }
      if (tries % PAUSES_BEFORE_TELLING == 0) {
        LOG.info("{} waits for rank 0 at {}", seat, seat.place());
      }
      pause();
    }
    throw new GroupException(
        "%s: rank 0 has not been at %s within %d s"
            .formatted(seat, seat.place(), terms.timeout().toSeconds()),
        last);
  }

  private static Wire connected(Terms terms) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(terms.seat().host(), terms.seat().port()), CONNECT_MILLIS);
      return new Wire(socket, terms.silence());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GroupException("interrupted on the way to rank 0", e);
    }
  }
}
