package io.radstream.trainer.ranks;

import io.radstream.model.config.Compute;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.GroupException;
import io.radstream.schemas.StepRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
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

  /** For those that have been started together with this one. */
  private static final Duration MOMENT = Duration.ofSeconds(10);

  private final Terms terms;
  private final Reception reception;
  private final Grace grace;
  private final Map<Integer, Wire> wires = new ConcurrentSkipListMap<>();
  private final AtomicLong drafted = new AtomicLong();
  private Optional<Runnable> stop = Optional.empty();
  private Optional<LedRun> run = Optional.empty();
  private Optional<RuntimeException> failure = Optional.empty();
  private boolean stopAsked;
  private boolean together;
  private boolean ended;

  /**
   * Nobody is waited for yet.
   *
   * @param version of this program; another's is refused
   * @param stuck is run where another rank has gone, and this one waits for it longer than the
   *     grace: an exchange over the engine cannot be interrupted
   */
  public Leader(Terms terms, String version, Runnable stuck) {
    this.terms = terms;
    this.reception = new Reception(terms, version, new Roll());
    this.grace = new Grace(terms.grace(), stuck);
  }

  /**
   * Waits for all others.
   *
   * @return whether they are there; not where a stop is requested meanwhile
   * @throws GroupException where not all come in time, in which the message names those who have
   *     not, or where nobody can come to this place
   */
  public boolean gather(BooleanSupplier stopRequested) throws IOException, InterruptedException {
    try {
      if (!reception.open(terms.timeout(), stopRequested) && !stopRequested.getAsBoolean()) {
        throw new GroupException(
            "of %d ranks, these have not come to %s within %d s: %s"
                .formatted(
                    terms.seat().world(),
                    terms.seat().place(),
                    terms.timeout().toSeconds(),
                    missing()));
      }
      return isTogether();
    } catch (GroupException e) {
      giveUp(e.getMessage());
      throw e;
    }
  }

  /** Waits for a moment, where there is nothing to do, for those who are to hear that. */
  public void gatherBriefly() throws InterruptedException {
    try {
      Duration time = MOMENT.compareTo(terms.timeout()) < 0 ? MOMENT : terms.timeout();
      reception.open(time, () -> false);
    } catch (IOException | GroupException e) {
      LOG.info("other ranks do not hear that there is nothing to do: {}", e.getMessage());
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

  /** Those who have come so far. */
  private final class Roll implements Reception.Roll {

    /** Of one of whom there are two it is the later one. */
    @Override
    public void admit(int rank, Wire wire) {
      synchronized (Leader.this) {
        if (together || ended || failure.isPresent()) {
          wire.close();
          return;
        }
        Wire before = wires.put(rank, wire);
        if (before != null) {
          before.close();
        }
        wire.listen(new Other(rank, wire));
      }
    }

    @Override
    public boolean isComplete() {
      return isTogether();
    }

    @Override
    public String missing() {
      return Leader.this.missing();
    }
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
        lost(failed.reason());
      } else {
        current().ifPresent(led -> led.told(rank, message));
      }
    }

    @Override
    public void piece(byte[] bytes) {
      lost("it sends what nobody asked for");
    }

    @Override
    public void lost(String why) {
      String reason = "rank %d at %s: %s".formatted(rank, wire.peer(), why);
      if (!left(rank, wire)) {
        fail(new GroupException(reason), new RankMessage.Ended(reason, true));
      }
    }

    @Override
    public void broken(Throwable why) {
      fail(
          new IllegalStateException(
              "rank 0 cannot heed what rank %d says: %s".formatted(rank, why), why),
          failed());
    }
  }

  /** Before all have come anyone may leave, and come again. */
  private synchronized boolean left(int rank, Wire wire) {
    if (!together) {
      wires.remove(rank, wire);
    }
    return !together;
  }

  private synchronized Optional<LedRun> current() {
    return run;
  }

  private void fail(RuntimeException why, RankMessage.Ended last) {
    synchronized (this) {
      if (ended || failure.isPresent()) {
        return;
      }
      failure = Optional.of(why);
      run.ifPresent(led -> led.fail(why));
    }
    LOG.error("{}; all ranks stop", why.getMessage());
    grace.begin();
    end(last);
  }

  private static RankMessage.Ended failed() {
    return new RankMessage.Ended("rank 0 has failed; its own log tells why", false);
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
    LedRun begun = new LedRun(terms, Map.copyOf(wires), grace, drafted);
    synchronized (this) {
      requireAll();
      run = Optional.of(begun);
    }
    begun.begin(opening, compute, device);
    return begun;
  }

  /**
   * A checkpoint is begun: where another rank has gone, this process is not cut off before it is
   * written, for five minutes. Until {@link #written}.
   */
  public void writing() {
    grace.hold();
  }

  /** A checkpoint that was begun is written, or cannot be. */
  public void written() {
    grace.release();
  }

  /** Whether another has gone, so that there is nothing to wait for. */
  public synchronized boolean hasFailed() {
    return failure.isPresent();
  }

  /**
   * @throws GroupException where another has gone
   */
  public synchronized void requireAll() {
    if (failure.isPresent()) {
      throw Failures.again(failure.get());
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

  /**
   * Rank 0 cannot go on, and would if all began again: the others end so that they are. Nothing
   * where all has ended.
   *
   * @param reason why
   */
  public void giveUp(String reason) {
    unlessEnded(new RankMessage.Ended(reason, true));
  }

  private void unlessEnded(RankMessage last) {
    boolean open;
    synchronized (this) {
      open = !ended && failure.isEmpty();
      ended = true;
    }
    if (open) {
      end(last);
    }
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
    unlessEnded(failed());
    wires.values().forEach(Wire::close);
    grace.close();
  }
}
