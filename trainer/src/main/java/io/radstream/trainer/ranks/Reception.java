package io.radstream.trainer.ranks;

import io.radstream.model.engine.GroupException;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who those are that come to rank 0. */
final class Reception {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Set<String> NOT_OURS =
      Set.of("permission denied", "cannot assign requested address");

  private static final int LOOKS_BEFORE_TELLING = 150;

  /** Of those that belong. */
  interface Roll {

    /** Each on a thread of its own. */
    void admit(int rank, Wire wire);

    boolean isComplete();

    /** Ranks that have not come, for messages. */
    String missing();
  }

  private final Terms terms;
  private final String version;
  private final Roll roll;

  /**
   * @param version of this program; another's is refused
   */
  Reception(Terms terms, String version, Roll roll) {
    this.terms = terms;
    this.version = version;
    this.roll = roll;
  }

  /**
   * Waits until all have come.
   *
   * @return whether they have; not where a stop is requested before, or the time is over
   * @throws GroupException where nobody can come, as the port is taken all that time
   * @throws IOException where this process may not wait there at all
   */
  boolean open(Duration time, BooleanSupplier stopRequested)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    try (ServerSocket door = door(end, stopRequested)) {
      door.setSoTimeout(Math.toIntExact(LOOK.toMillis()));
      for (int looks = 1; !roll.isComplete() && !stopRequested.getAsBoolean(); looks++) {
        if (System.nanoTime() - end > 0) {
          return false;
        }
        if (looks % LOOKS_BEFORE_TELLING == 0) {
          LOG.info("waiting at {} for ranks {}", terms.seat().place(), roll.missing());
        }
        accept(door);
      }
      return roll.isComplete();
    }
  }

  /** An earlier process may have the port for a while yet. */
  private ServerSocket door(long end, BooleanSupplier stopRequested)
      throws IOException, InterruptedException {
    for (boolean told = false; ; told = true) {
      try {
        return terms.seat().listen();
      } catch (BindException e) {
        String place = terms.seat().place();
        if (!mayPass(e)) {
          throw new IOException(
              "rank 0 cannot wait for the others at %s: %s; give another --rendezvous"
                  .formatted(place, e.getMessage()),
              e);
        }
        if (System.nanoTime() - end > 0 || stopRequested.getAsBoolean()) {
          throw new GroupException(
              "rank 0 cannot wait for the others at %s: %s".formatted(place, e.getMessage()), e);
        }
        if (!told) {
          LOG.warn("rank 0 cannot wait at {} yet: {}", place, e.getMessage());
        }
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
    }
  }

  /**
   * Whether another process may let the port go. Java tells of ports that this one may not have by
   * the same exception, in the system's words; where these are not known, it is tried again.
   */
  static boolean mayPass(BindException e) {
    return !NOT_OURS.contains(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
  }

  /** Looks once who is there; a stranger is let go. */
  private void accept(ServerSocket door) throws IOException {
    Socket socket;
    try {
      socket = door.accept();
    } catch (SocketTimeoutException e) {
      return;
    }
    Thread greeting = new Thread(() -> greet(socket), "rank-greeting");
    greeting.setDaemon(true);
    greeting.start();
  }

  /** Others are not kept waiting by one that says nothing. */
  private void greet(Socket socket) {
    try {
      Wire wire = new Wire(socket, terms.silence());
      if (wire.first() instanceof RankMessage.Hello hello) {
        welcome(hello, wire);
      } else {
        wire.close();
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("one that came is no rank", e);
      close(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("one that came is gone already", e);
    }
  }

  private void welcome(RankMessage.Hello hello, Wire wire) throws IOException {
    int world = terms.seat().world();
    if (hello.world() != world || hello.rank() < 1 || hello.rank() >= world) {
      refuse(wire, "rank %d of %d is none of %d".formatted(hello.rank(), hello.world(), world));
    } else if (!version.equals(hello.version())) {
      refuse(wire, "it is version %s, and rank 0 version %s".formatted(hello.version(), version));
    } else {
      roll.admit(hello.rank(), wire);
    }
  }

  private static void refuse(Wire wire, String reason) throws IOException {
    LOG.warn("a rank is refused: {}", reason);
    wire.send(new RankMessage.Refused(reason));
    wire.close();
  }
}
