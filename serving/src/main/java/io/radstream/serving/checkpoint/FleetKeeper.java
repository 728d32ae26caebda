package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.decisions.DecisionMaker;
import io.radstream.serving.decisions.ServingState;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.JudgingStoppedException;
import io.radstream.serving.score.ScoringModel;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that what ought to be loaded is, and that new checkpoints are judged: first what a person
 * waits for, then what has a role by the log of decisions, then what is new. All loading and
 * judging is done on one thread; none of it is ever waited for by a request.
 */
public final class FleetKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(FleetKeeper.class);

  private final Announcements announcements;
  private final CheckpointJudge judge;
  private final LoadedModels models;
  private final DecisionRecorder recorder;
  private final Candidates candidates;
  private final CheckpointCatalog catalog;
  private final WokenWork work;

  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private volatile boolean announced;
  private volatile boolean closed;

  /**
   * @param thread a single one, or the caller's own
   */
  public FleetKeeper(
      Announcements announcements,
      CheckpointJudge judge,
      LoadedModels models,
      DecisionRecorder recorder,
      DecisionMaker maker,
      CheckpointCatalog catalog,
      Executor thread) {
    this.announcements = announcements;
    this.judge = judge;
    this.models = models;
    this.recorder = recorder;
    this.catalog = catalog;
    this.work = new WokenWork(thread, this::lookAfterAll);
    this.candidates = new Candidates(announcements, judge, models, recorder, maker);
    recorder.log().observe(this::wake);
  }

  /** To be called when all announcements of the past are known, and whenever there are new ones. */
  void announced() {
    announced = true;
    wake();
  }

  /** Looks what there is to do; returns at once, unless the thread is the caller's. */
  public void wake() {
    work.wake();
  }

  /** Looks at checkpoints again whose files were not there, where it is time to. */
  public void lookAgain() {
    if (models.isAnyDue()) {
      wake();
    }
  }

  private void lookAfterAll() {
    try {
      recorder.sendAgain();
      while (!closed && didSomething()) {
        models.settle();
      }
    } catch (JudgingStoppedException e) {
      LOG.debug("the service stops: a checkpoint was not judged to the end");
    } catch (RuntimeException | Error e) {
      // The thread must outlive it: what is announced next may be better.
      LOG.atError().setCause(e).log("looking after the checkpoints failed");
    }
  }

  private boolean didSomething() {
    return didWhatWasAsked()
        || (announced && recorder.isReadOrGivenUp() && (loadMissing() || candidates.judgeNext()));
  }

  private boolean didWhatWasAsked() {
    Runnable next = asked.poll();
    if (next != null) {
      next.run();
    }
    return next != null;
  }

  private boolean loadMissing() {
    if (standIn()) {
      return true;
    }
    Optional<CheckpointRef> missing = models.missing(announcements::has);
    missing.ifPresent(this::loadNow);
    return missing.isPresent();
  }

  /**
   * @return why it cannot be loaded
   */
  private Optional<String> loadNow(CheckpointRef checkpoint) {
    try {
      models.take(checkpoint, load(checkpoint));
      return Optional.empty();
    } catch (RefusedCheckpointException e) {
      candidates.failed(checkpoint, e.getMessage(), e.isForNow());
      return Optional.of(e.getMessage());
    }
  }

  private ScoringModel load(CheckpointRef checkpoint) throws RefusedCheckpointException {
    CheckpointPublished found =
        announcements
            .find(checkpoint)
            .orElseThrow(() -> new RefusedCheckpointException("it was not announced"));
    catalog.needed(found);
    return judge.load(found);
  }

  /** Where the live checkpoint cannot be loaded, the next best answers, in this instance only. */
  private boolean standIn() {
    ServingState state = recorder.log().state();
    Optional<String> failure = state.live().flatMap(this::whyNotHere);
    if (models.isAnyLive() || failure.isEmpty()) {
      return false;
    }
    Optional<CheckpointRef> next = candidates.nextBest(state);
    next.ifPresent(
        checkpoint -> {
          if (models.has(checkpoint) || loadNow(checkpoint).isEmpty()) {
            models.standIn(checkpoint);
            LOG.atWarn()
                .addKeyValue("checkpoint", checkpoint.id())
                .addKeyValue("decided", state.live().orElseThrow().id())
                .log(
                    "the checkpoint that was decided to be live cannot be loaded here ({});"
                        + " another one answers in its place",
                    failure.get());
          }
        });
    return next.isPresent();
  }

  private Optional<String> whyNotHere(CheckpointRef checkpoint) {
    return announcements.has(checkpoint)
        ? models.failure(checkpoint)
        : Optional.of("it was not announced, or is not of the line that is served");
  }

  /**
   * Loads a checkpoint for someone who waits, before anything else that is not under way.
   *
   * @return why it cannot be loaded; empty where it is, and stays so until whoever waited gives it
   *     up
   */
  CompletableFuture<Optional<String>> loadFor(CheckpointRef checkpoint) {
    CompletableFuture<Optional<String>> done = new CompletableFuture<>();
    asked.add(
        () -> {
          if (closed) {
            done.complete(Optional.of("the service stops"));
            return;
          }
          try {
            done.complete(models.has(checkpoint) ? Optional.empty() : loadNow(checkpoint));
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    wake();
    if (closed) {
      answerAsked();
    }
    return done;
  }

  /**
   * Whoever waited for a checkpoint is done; it stays loaded only where it has a role by then. That
   * is seen on the thread that judges, so that it closes nothing that is being judged.
   */
  void release(CheckpointRef checkpoint) {
    asked.add(
        () -> {
          if (!closed) {
            models.settle();
            models.dropped(checkpoint);
          }
        });
    wake();
  }

  private void answerAsked() {
    Runnable next = asked.poll();
    while (next != null) {
      next.run();
      next = asked.poll();
    }
  }

  /** Nothing is loaded or judged any more; what is being judged ends early. */
  public void close() {
    closed = true;
    judge.stop();
    answerAsked();
  }
}
