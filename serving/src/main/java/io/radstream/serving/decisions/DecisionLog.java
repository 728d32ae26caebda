package io.radstream.serving.decisions;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.ModelDecision;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.schemas.log.UnreadableRecord;
import io.radstream.serving.fleet.CheckpointRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decisions of one service as all its instances read them, and the state that they lead to. A
 * decision is written, and counts when it is read back, in the log's order, so that instances
 * agree. One that cannot be written can be carried out here alone, until the log goes on.
 * Thread-safe.
 */
public final class DecisionLog implements TopicFollower.Listener<ModelDecision> {

  /** Where decisions are sent, to be read back later; never waits. */
  @FunctionalInterface
  public interface Outlet {

    /**
     * @param wanted whether someone still waits for it; else it is not sent any more
     * @param failed told where the log does not take it
     */
    void send(ModelDecision decision, BooleanSupplier wanted, Consumer<Throwable> failed);
  }

  /**
   * A decision that was read back.
   *
   * @param objection why it has no effect; empty where it has
   */
  public record Entry(Decision decision, Optional<Objection> objection) {}

  /** How long a decision may take from here to the log and back. */
  public static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

  private final String service;
  private final Outlet outlet;
  private final Counter unrecorded;
  private final List<Runnable> observers = new CopyOnWriteArrayList<>();
  private final CountDownLatch read = new CountDownLatch(1);

  // Written with the lock, and asked about checkpoints without: it may be held by a thread of low
  // priority, and those who ask must not wait for it.
  private final DecisionFold fold = new DecisionFold();
  private final AwaitedDecisions awaited = new AwaitedDecisions();
  private final DecisionList list = new DecisionList();
  private final UnrecordedDecisions here = new UnrecordedDecisions();

  private volatile ServingState state = ServingState.BEGINNING;

  /**
   * @param service whose decisions are read and written
   */
  public DecisionLog(String service, Outlet outlet, MeterRegistry meters) {
    this.service = service;
    this.outlet = outlet;
    this.unrecorded =
        Counter.builder("radstream.decisions.unrecorded")
            .description("Decisions about checkpoints that were carried out here without a record")
            .register(meters);
  }

  public String service() {
    return service;
  }

  /** Has someone told, on the thread that reads, whenever the state may be another. */
  public void observe(Runnable observer) {
    observers.add(observer);
  }

  /**
   * Sends a decision and waits for it to come back.
   *
   * @return ends when it has been read and the observers were told; fails where the log does not
   *     take it, or takes longer than {@link #PATIENCE}
   */
  public CompletableFuture<Entry> write(Decision decision) {
    CompletableFuture<Entry> result = awaited.await(decision);
    outlet.send(decision.record(service), () -> !result.isDone(), result::completeExceptionally);
    return result
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((entry, failure) -> awaited.forget(decision));
  }

  /** Carries a decision out here, since it could not be recorded. */
  public void carryOutHere(Decision decision) {
    synchronized (this) {
      Optional<Objection> objection = state.objection(decision);
      here.add(decision);
      list.add(new Entry(decision, objection));
      if (objection.isEmpty()) {
        state = state.after(decision);
      }
    }
    unrecorded.increment();
    observers.forEach(Runnable::run);
  }

  /** Sends once more what could not be recorded before; what comes of it is read like all else. */
  public void sendAgain() {
    List<Decision> waiting;
    synchronized (this) {
      waiting = here.all();
    }
    waiting.forEach(
        decision ->
            outlet.send(
                decision.record(service),
                () -> true,
                failure -> LOG.debug("a decision is still not recorded: {}", failure.toString())));
  }

  @Override
  public void accept(List<ModelDecision> records, boolean caughtUp) {
    List<Entry> added = new ArrayList<>();
    synchronized (this) {
      records.stream()
          .filter(record -> record.getService().equals(service))
          .map(DecisionLog::decision)
          .flatMap(Optional::stream)
          .forEach(decision -> added.add(add(decision)));
      if (!added.isEmpty()) {
        here.clear();
        state = fold.state();
      }
    }
    if (caughtUp) {
      read.countDown();
    }
    observers.forEach(Runnable::run);
    added.forEach(awaited::arrived);
  }

  @Override
  public void unreadable(List<UnreadableRecord> records) {
    LOG.warn("{} decision(s) about checkpoints cannot be read and are left out", records.size());
  }

  private static Optional<Decision> decision(ModelDecision written) {
    try {
      return Optional.of(Decision.of(written));
    } catch (IllegalArgumentException e) {
      LOG.warn("a decision about a checkpoint is left out: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Entry add(Decision decision) {
    Entry entry = new Entry(decision, fold.add(decision));
    list.add(entry);
    return entry;
  }

  /** Waits until all that was decided before has been read; false where that takes longer. */
  public boolean awaitRead(Duration atMost) throws InterruptedException {
    return read.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether all that was decided before has been read. */
  public boolean isRead() {
    return read.getCount() == 0;
  }

  /** Who ought to answer, by all that was read and what is carried out here only. */
  public ServingState state() {
    return state;
  }

  /** Whether a policy need not judge a checkpoint, since it has. */
  public boolean hasJudged(String policy, CheckpointRef checkpoint) {
    // In this order, since it is added to the fold before it is taken from here.
    return here.hasJudged(policy, checkpoint) || fold.hasJudged(policy, checkpoint);
  }

  /** The last decision about a checkpoint that had an effect. */
  public Optional<Decision> last(CheckpointRef checkpoint) {
    return here.last(checkpoint).or(() -> fold.last(checkpoint));
  }

  /** The newest decisions, the newest first. */
  public synchronized List<Entry> newest(int most) {
    return list.newest(most);
  }
}
