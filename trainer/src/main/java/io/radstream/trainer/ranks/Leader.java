package io.radstream.trainer.ranks;

import io.radstream.model.config.Compute;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.GroupException;
import io.radstream.schemas.StepRecord;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rank 0's connections with all others, from when they have come until all is done. Where one of
 * them is lost, the rest is told, and whatever is asked of the {@link Ensemble} fails.
 */
public final class Leader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Leader.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int LOOKS_BEFORE_TELLING = 150;

  private final Terms terms;
  private final String version;
  private final Runnable stuck;
  private final Map<Integer, Wire> wires = new ConcurrentSkipListMap<>();
  private Optional<Runnable> stop = Optional.empty();
  private Optional<LedRun> run = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private boolean stopAsked;
  private boolean together;
  private boolean ended;

  private Leader(Terms terms, String version, Runnable stuck) {
    this.terms = terms;
    this.version = version;
    this.stuck = stuck;
  }

  /**
   * Waits for all others.
   *
   * @param version of this program; another's is refused
   * @param stuck is run where another rank has gone, and what this one does has not ended after the
   *     grace: an exchange over the engine cannot be interrupted
   * @throws GroupException where not all come in time; the message names those who have not
   */
  public static Leader gather(Terms terms, String version, Runnable stuck) throws IOException {
    Leader leader = new Leader(terms, version, stuck);
    try (ServerSocket door = terms.seat().listen()) {
      leader.gather(door);
      return leader;
    } catch (IOException | RuntimeException e) {
      leader.close();
      throw e;
    }
  }

  private void gather(ServerSocket door) throws IOException {
    door.setSoTimeout(Math.toIntExact(LOOK.toMillis()));
    long end = System.nanoTime() + terms.timeout().toNanos();
    for (int looks = 1; !isTogether(); looks++) {
      if (System.nanoTime() - end > 0) {
        throw new GroupException(
            "of %d ranks, these have not come to %s within %d s: %s"
                .formatted(
                    terms.seat().world(),
                    terms.seat().place(),
                    terms.timeout().toSeconds(),
                    missing()));
      }
      if (looks % LOOKS_BEFORE_TELLING == 0) {
        LOG.info("waiting at {} for ranks {}", terms.seat().place(), missing());
      }
      accept(door);
    }
  }

  private synchronized boolean isTogether() {
    together = wires.size() == terms.seat().world() - 1;
    return together;
  }

  private String missing() {
    return IntStream.range(1, terms.seat().world())
        .filter(rank -> !wires.containsKey(rank))
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  /** A stranger is let go, and one of whom there are two is the later one. */
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
      return;
    }
    if (!version.equals(hello.version())) {
      refuse(wire, "it is version %s, and rank 0 version %s".formatted(hello.version(), version));
      return;
    }
    synchronized (this) {
      if (together || ended) {
        wire.close();
        return;
      }
      Wire before = wires.put(hello.rank(), wire);
      if (before != null) {
        before.close();
      }
      wire.listen(new Other(hello.rank(), wire));
    }
  }

  private static void refuse(Wire wire, String reason) throws IOException {
    LOG.warn("a rank is refused: {}", reason);
    wire.send(new RankMessage.Refused(reason));
    wire.close();
  }

  /** What another rank tells. */
  private final class Other implements Wire.Listener {

    private final int rank;
    private final Wire wire;

    private Other(int rank, Wire wire) {
      this.rank = rank;
      this.wire = wire;
    }

    @Override
    public void told(RankMessage message) {
      if (message instanceof RankMessage.StopAsked) {
        askToStop();
      } else if (message instanceof RankMessage.Failed failed) {
        fail(rank, wire, failed.reason());
      } else {
        current().ifPresent(led -> led.told(rank, message));
      }
    }

    @Override
    public void piece(byte[] bytes) throws IOException {
      throw new IOException("it sends what nobody asked for");
    }

    @Override
    public void lost(String why) {
      fail(rank, wire, why);
    }
  }

  private synchronized Optional<LedRun> current() {
    return run;
  }

  private void fail(int rank, Wire wire, String why) {
    String reason = "rank %d at %s: %s".formatted(rank, wire.peer(), why);
    synchronized (this) {
      if (!together) {
        wires.remove(rank, wire);
        return;
      }
      if (ended || failure.isPresent()) {
        return;
      }
      failure = Optional.of(reason);
      run.ifPresent(led -> led.fail(new GroupException(reason)));
    }
    LOG.error("{}; all ranks stop", reason);
    Grace.after(terms.grace(), stuck);
    end(new RankMessage.Ended(reason, true));
  }

  /** Has {@code stop} run where another rank is asked to stop. */
  public void onStop(Runnable other) {
    boolean asked;
    synchronized (this) {
      stop = Optional.of(other);
      asked = stopAsked;
    }
    if (asked) {
      other.run();
    }
  }

  private void askToStop() {
    Optional<Runnable> now;
    synchronized (this) {
      stopAsked = true;
      now = stop;
    }
    now.ifPresent(Runnable::run);
  }

  /**
   * Has the others read a run's studies, and meets them.
   *
   * @param opening of the run
   * @param compute how its steps are computed
   * @param device that rank 0 computes on
   * @throws GroupException where another cannot, or goes
   */
  public Ensemble begin(StepRecord opening, Compute compute, ComputeDevice device)
      throws IOException, InterruptedException {
    LedRun begun = new LedRun(terms, Map.copyOf(wires));
    synchronized (this) {
      requireAll();
      run = Optional.of(begun);
    }
    begun.begin(opening, compute, device);
    return begun;
  }

  private void requireAll() {
    if (failure.isPresent()) {
      throw new GroupException(failure.get());
    }
  }

  /**
   * The run is over: the others end, too.
   *
   * @param done whether it has nothing left to do, and was not asked to stop
   */
  public void end(boolean done) {
    synchronized (this) {
      ended = true;
    }
    end(new RankMessage.Ended(null, !done));
  }

  private void end(RankMessage last) {
    List<Thread> partings =
        wires.values().stream().map(wire -> new Thread(() -> wire.end(last), "parting")).toList();
    partings.forEach(Thread::start);
    for (Thread parting : partings) {
      try {
        parting.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Where it has not ended, the others are told that it has failed. */
  @Override
  public void close() {
    boolean open;
    synchronized (this) {
      open = !ended && failure.isEmpty();
      ended = true;
    }
    if (open) {
      end(new RankMessage.Ended("rank 0 has failed; its own log tells why", false));
    }
    wires.values().forEach(Wire::close);
  }
}
