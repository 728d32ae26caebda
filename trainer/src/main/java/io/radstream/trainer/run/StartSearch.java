package io.radstream.trainer.run;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.checkpoint.RunPlace;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.ledger.LedgerException;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.ledger.LedgerReader;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where a run sets in. The same settings as those of the line's last run continue that run,
 * over the same studies and to the same bits: from its last checkpoint and, as far as the ledger
 * goes beyond that, by taking its steps again. Other settings, or more steps, begin a new run of
 * the line from its weights, over the studies that there are now.
 */
record StartSearch(RunRequest request, LedgerReader ledger, Clock clock) {

  private static final Logger LOG = LoggerFactory.getLogger(StartSearch.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * @param latest checkpoint of the line
   * @throws TrainingException where the checkpoint and the run do not fit
   * @throws IOException where the checkpoint is damaged
   * @throws LedgerException where the ledger does not hold the checkpoint's step
   */
  StartPoint start(Beginning beginning, Optional<Checkpoint> latest) throws IOException {
    if (beginning instanceof Beginning.NewRun) {
      requireFit(latest);
      return newRun(latest);
    }
    if (beginning instanceof Beginning.Branch branch && latest.isEmpty()) {
      return after(Optional.of(Checkpoint.read(branch.checkpoint())));
    }
    return after(latest);
  }

  private RunConfig config() {
    return request.config();
  }

  private String tokenizer() {
    return request.tokenizers().fingerprint();
  }

  /**
   * @param latest checkpoint of the line, or the one of another line that it branches off
   */
  private StartPoint after(Optional<Checkpoint> latest) throws IOException {
    requireFit(latest);
    Optional<StartPoint> interrupted = interrupted(latest);
    if (interrupted.isPresent()) {
      return interrupted.get();
    }
    return latest.isPresent() && goesOn(latest.get())
        ? StartPoint.atCheckpoint(latest.get(), ledgerFrom(latest.get()))
        : newRun(latest);
  }

  private StartPoint newRun(Optional<Checkpoint> latest) throws IOException {
    return StartPoint.newRun(
        config().line() + "-" + STAMP.format(clock.instant()), latest, request.arrangement());
  }

  private boolean goesOn(Checkpoint checkpoint) throws IOException {
    return isOfLine(checkpoint) && CheckpointConfig.of(checkpoint).learnsLike(config());
  }

  private List<LedgerEntry> ledgerFrom(Checkpoint checkpoint) throws IOException {
    CheckpointState state = checkpoint.state();
    List<LedgerEntry> entries = ledger.from(RunPlace.of(checkpoint).ledger(), state.runId());
    if (entries.isEmpty() || !isOf(entries.get(0).record(), checkpoint)) {
      throw new LedgerException(
          "the ledger does not hold step %d of run %s, which checkpoint %s was written after; was the topic deleted? Begin a new run of the line with --new-run"
              .formatted(state.step(), state.runId(), checkpoint.id()));
    }
    return entries;
  }

  private static boolean isOf(StepRecord record, Checkpoint checkpoint) {
    String weights = checkpoint.state().files().get(Checkpoint.MODEL);
    return record.getStep() == checkpoint.state().step()
        && (record.getWeightsDigest() == null || record.getWeightsDigest().equals(weights));
  }

  /** A run that began from there and was ended before its first checkpoint. */
  private Optional<StartPoint> interrupted(Optional<Checkpoint> latest) throws IOException {
    Optional<LedgerEntry> opening =
        ledger.newestRun(behind(latest), record -> beganFrom(record.getOpening(), latest));
    if (opening.isEmpty()) {
      return Optional.empty();
    }
    List<LedgerEntry> entries =
        ledger.from(opening.get().position(), opening.get().record().getRunId());
    StartPoint start = StartPoint.atOpening(latest, entries);
    LOG.info(
        "run={} is on the ledger without a checkpoint here: its steps={} are taken again",
        start.runId(),
        start.retaken().size());
    return Optional.of(start);
  }

  /** What grew out of a checkpoint of the line came after it. */
  private List<LedgerPosition> behind(Optional<Checkpoint> latest) throws IOException {
    return RunPlace.of(latest.filter(this::isOfLine)).map(RunPlace::ledgerEnds).orElse(List.of());
  }

  private boolean isOfLine(Checkpoint checkpoint) {
    return checkpoint.state().line().equals(config().line());
  }

  private boolean beganFrom(RunOpening opening, Optional<Checkpoint> latest) {
    try {
      return opening.getLine().equals(config().line())
          && Optional.ofNullable(opening.getParent()).equals(latest.map(Checkpoint::id))
          && RunConfig.fromJson(opening.getConfig()).learnsLike(config());
    } catch (InvalidConfigException e) {
      return false; // of another version
    }
  }

  private void requireFit(Optional<Checkpoint> latest) throws IOException {
    if (latest.isPresent()) {
      latest.get().verify();
      requireFit(latest.get(), CheckpointConfig.of(latest.get()));
    }
  }

  private void requireFit(Checkpoint checkpoint, RunConfig earlier) {
    if (!checkpoint.state().tokenizer().equals(tokenizer())) {
      throw new TrainingException(
          "%s was trained with another tokenizer (%s, now %s); give that one, which is in its directory, or begin a new line with --fresh"
              .formatted(checkpoint.id(), checkpoint.state().tokenizer(), tokenizer()));
    }
    if (!earlier.model().learnsLike(config().model())) {
      throw new TrainingException(
          "%s has another network shape: %s, now %s; use that shape or begin a new line with --fresh"
              .formatted(checkpoint.id(), earlier.model(), config().model()));
    }
  }
}
