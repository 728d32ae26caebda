package io.radstream.trainer.run;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.CheckpointLine;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.checkpoints.ModelCard;
import io.radstream.checkpoints.Retention;
import io.radstream.model.RefersTraining;
import io.radstream.model.training.TrainingSnapshot;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.trainer.checkpoint.CheckpointAnnouncer;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.checkpoint.LiveCheckpoints;
import io.radstream.trainer.checkpoint.RunPlace;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.ledger.LedgerReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a run's checkpoints, announces them and deletes those no longer needed: one at a time, on
 * a thread of its own, while the run goes on. All else is for one thread.
 */
final class CheckpointKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);

  private final CheckpointLine line;
  private final CheckpointAnnouncer announcer;
  private final LiveCheckpoints live;
  private final LedgerReader reader;
  private final RunConfig config;
  private final ReportTokenizers tokenizers;
  private final Clock clock;
  private final Optional<String> parent;
  private Optional<Checkpoint> newest;
  private final ExecutorService writing =
      Executors.newSingleThreadExecutor(CheckpointKeeper::named);
  private Optional<Future<Checkpoint>> underWay = Optional.empty();
  private long newestStep = -1;
  private boolean announcementsMissing;

  /**
   * @param parent what the run's first weights grew out of
   * @param newest of the line, or the one that the line branches off
   */
  CheckpointKeeper(
      CheckpointLine line,
      CheckpointAnnouncer announcer,
      LiveCheckpoints live,
      LedgerReader reader,
      RunConfig config,
      ReportTokenizers tokenizers,
      Clock clock,
      Optional<String> parent,
      Optional<Checkpoint> newest) {
    this.line = line;
    this.announcer = announcer;
    this.live = live;
    this.reader = reader;
    this.config = config;
    this.tokenizers = tokenizers;
    this.clock = clock;
    this.parent = parent;
    this.newest = newest;
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

  /** Whether the newest is of this step, complete or under way. */
  boolean has(long step) {
    return newestStep == step;
  }

  /**
   * Begins to write one, once that before it is written.
   *
   * @param step that the network has behind it
   * @param ledger where that step stands
   * @return the one before it, where it has not been told of
   * @throws IOException where that could not be written
   */
  Optional<Checkpoint> keep(
      RefersTraining network,
      StartPoint start,
      RunStudies studies,
      List<SourcePosition> next,
      long step,
      LedgerPosition ledger,
      Map<String, Double> metrics)
      throws IOException, InterruptedException {
    Optional<Checkpoint> before = finish();
    RunPlace place =
        new RunPlace(
            start.arrangement().number(),
            studies.ranges(),
            studies.found(),
            next,
            ledger,
            ledgerEnds());
    CheckpointState state = state(start, step, metrics, place);
    ModelCard card = CheckpointConfig.card(config, studies.ranges());
    TrainingSnapshot snapshot = network.snapshot();
    newestStep = step;
    underWay = Optional.of(writing.submit(() -> write(state, card, snapshot)));
    return before;
  }

  private CheckpointState state(
      StartPoint start, long step, Map<String, Double> metrics, RunPlace place) {
    return new CheckpointState(
        config.line(),
        start.runId(),
        step,
        start.firstStep(),
        config.seed(),
        tokenizers.fingerprint(),
        newest.map(Checkpoint::id).or(() -> parent).orElse(null),
        clock.instant().toString(),
        metrics,
        Map.of(),
        place.fields());
  }

  private Checkpoint write(CheckpointState state, ModelCard card, TrainingSnapshot snapshot)
      throws IOException, InterruptedException {
    Checkpoint written;
    try (snapshot) {
      written =
          line.write(
              state,
              config.toJson(),
              card,
              CheckpointDirectory.tokenizerFiles(tokenizers),
              snapshot::save);
    }
    announce(written);
    tidy();
    return written;
  }

  /** The new checkpoint is safe: nothing that comes of those before may end the run. */
  private void tidy() {
    try {
      Optional<Set<String>> inUse = live.inUse();
      if (inUse.isPresent()) {
        line.prune(retention(), inUse.get());
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("no checkpoint is deleted now; training goes on: {}", e.toString());
    }
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

  /** An earlier end does as well: a later start then reads from there. */
  private List<LedgerPosition> ledgerEnds() throws IOException {
    try {
      return reader.ends();
    } catch (KafkaException e) {
      LOG.warn("it is not known where the ledger ends: {}", e.getMessage());
      return RunPlace.of(newest.filter(this::isOfLine)).map(RunPlace::ledgerEnds).orElse(List.of());
    }
  }

  private boolean isOfLine(Checkpoint checkpoint) {
    return checkpoint.state().line().equals(config.line());
  }

  private Retention retention() {
    RunConfig.Checkpoints keep = config.checkpoint();
    return new Retention(keep.keepLast(), keep.keepBest(), keep.keepEvery());
  }

  /** Announces what an earlier process, or the broker's absence, left unannounced. */
  void catchUp() throws IOException, InterruptedException {
    int missing = announcer.announceMissing(line.readable());
    if (missing > 0) {
      LOG.info("announced checkpoints={} that were complete but not announced", missing);
    }
  }

  private void announce(Checkpoint checkpoint) throws InterruptedException {
    try {
      if (announcementsMissing) {
        catchUp();
      } else {
        announcer.announce(checkpoint);
      }
      announcementsMissing = false;
    } catch (IOException e) {
      // The checkpoint is safe in the store; the next one, or the next start, announces it.
      announcementsMissing = true;
      LOG.warn("{}; training goes on", e.getMessage());
    }
  }
}
