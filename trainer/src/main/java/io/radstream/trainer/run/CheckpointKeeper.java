package io.radstream.trainer.run;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.radstream.checkpoints.BestRule;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointLine;
import io.radstream.model.RefersTraining;
import io.radstream.model.training.TrainingSnapshot;
import io.radstream.schemas.trace.TraceFields;
import io.radstream.trainer.checkpoint.CheckpointAnnouncer;
import io.radstream.trainer.checkpoint.LiveCheckpoints;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.ranks.Leader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a run's checkpoints written, announced, and deleted when no longer needed: one at a time, on
 * a thread of its own, while the run goes on. All else is for one thread.
 */
final class CheckpointKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);

  private final CheckpointLine line;
  private final BestRule best;
  private final CheckpointWriter writer;
  private final CheckpointAnnouncements announcements;
  private final CheckpointPruning pruning;
  private final Optional<Leader> leader;
  private final ExecutorService writing =
      Executors.newSingleThreadExecutor(CheckpointKeeper::named);
  private Optional<Checkpoint> newest;
  private Optional<Future<Checkpoint>> underWay = Optional.empty();
  private long newestStep = -1;
  private volatile boolean failed;

  /**
   * @param announcer stays the caller's to close, after this
   */
  CheckpointKeeper(
      OpenLine line, RunRequest request, Outset outset, CheckpointAnnouncer announcer) {
    Surroundings at = line.at();
    this.line = line.checkpoints();
    this.best = rule(request.config().checkpoint().best());
    this.writer = new CheckpointWriter(line, request, outset.network().parent());
    this.announcements = new CheckpointAnnouncements(line.checkpoints(), announcer);
    this.pruning =
        new CheckpointPruning(
            line.checkpoints(),
            new LiveCheckpoints(at.clients(), at.connection(), System::nanoTime),
            request.config().checkpoint());
    this.leader = at.leader();
    this.newest = outset.start().origin().checkpoint();
    newest.ifPresent(checkpoint -> this.newestStep = checkpoint.state().step());
  }

  private static Thread named(Runnable task) {
    Thread thread = new Thread(task, "checkpoint");
    thread.setDaemon(true);
    return thread;
  }

  /** The newest that is complete. */
  Optional<Checkpoint> newest() {
    return newest;
  }

  /**
   * The best of those of the line that are still there, by the run's rule; empty where none has
   * been validated by it.
   */
  Optional<Checkpoint> best() throws IOException {
    return best.of(line.readable());
  }

  static BestRule rule(RunConfig.Best best) {
    return switch (best) {
      case LOSS -> BestRule.LOSS;
      case AUC -> BestRule.AUC;
    };
  }

  /** Whether the newest is of this step, complete or under way. */
  boolean has(long step) {
    return newestStep == step;
  }

  /** Announces what an earlier process, or the broker's absence, left unannounced. */
  void catchUp() throws IOException, InterruptedException {
    announcements.catchUp();
  }

  /**
   * Begins to write one. That before it is to be {@link #finish finished} first.
   *
   * @param span of the checkpoint, which ends when it is announced
   * @throws IOException where it cannot be known where the line stands
   */
  void keep(
      RefersTraining network, StartPoint start, RunStudies studies, RunProgress reached, Span span)
      throws IOException {
    CheckpointText text = writer.text(start, studies, reached, newest);
    TrainingSnapshot snapshot = network.snapshot();
    newestStep = reached.step();
    leader.ifPresent(Leader::writing);
    underWay = Optional.of(writing.submit(() -> write(text, snapshot, span)));
  }

  private Checkpoint write(CheckpointText text, TrainingSnapshot snapshot, Span span)
      throws IOException, InterruptedException {
    boolean complete = false;
    try {
      Checkpoint written = writer.write(text, snapshot);
      span.setAttribute(TraceFields.CHECKPOINT, written.id());
      announcements.announce(written, span.getSpanContext());
      pruning.prune();
      complete = true;
      return written;
    } finally {
      failed = !complete;
      (complete ? span : span.setStatus(StatusCode.ERROR)).end();
      leader.ifPresent(Leader::written);
    }
  }

  /** Whether the last one could not be written; {@link #finish} tells why. From any thread. */
  boolean hasFailed() {
    return failed;
  }

  /**
   * What has been written since it was last asked for.
   *
   * @throws IOException where it could not be written
   */
  Optional<Checkpoint> written() throws IOException, InterruptedException {
    return underWay.filter(Future::isDone).isPresent() ? finish() : Optional.empty();
  }

  /**
   * The same, once nothing is under way any more.
   *
   * @throws IOException where it could not be written
   */
  Optional<Checkpoint> finish() throws IOException, InterruptedException {
    if (underWay.isEmpty()) {
      return Optional.empty();
    }
    Future<Checkpoint> last = underWay.get();
    underWay = Optional.empty();
    try {
      newest = Optional.of(last.get());
      return newest;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("cannot keep a checkpoint: " + e.getCause(), e.getCause());
    }
  }

  /**
   * Has all that is finished where others find it; a disk that is left behind may be lost.
   *
   * @throws IOException where the store does not take it
   */
  void settle() throws IOException, InterruptedException {
    announcements.settle();
  }

  /** What is under way is written to its end. */
  @Override
  public void close() {
    writing.shutdown();
    try {
      while (!writing.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.info("a checkpoint is still being written");
      }
    } catch (InterruptedException e) {
      writing.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
