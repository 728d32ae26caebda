package io.radstream.trainer.data;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.trainer.checkpoint.RunPlace;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.ledger.LedgerDrafts;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceRanges;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run sets in.
 *
 * @param step that the weights to be loaded have behind them
 * @param firstStep at which the run began
 * @param ledger of the run from {@code step} on, oldest first, that record included; empty for a
 *     new run
 * @param arrangement rules that make batches of the studies
 */
public record StartPoint(
    String runId,
    long step,
    long firstStep,
    Origin origin,
    List<LedgerEntry> ledger,
    Arrangement arrangement,
    EarlierReads earlier) {

  public StartPoint {
    ledger = List.copyOf(ledger);
  }

  /**
   * @throws IOException where the checkpoint does not tell where its run stood
   */
  public static StartPoint newRun(String runId, Optional<Checkpoint> from, Arrangement arrangement)
      throws IOException {
    long step = from.map(checkpoint -> checkpoint.state().step()).orElse(0L);
    return new StartPoint(
        runId, step, step, Origin.of(from), List.of(), arrangement, EarlierReads.NONE);
  }

  /**
   * @throws TrainingException where this version does not know the run's arrangement
   * @throws IOException where the checkpoint does not tell where its run stood
   */
  public static StartPoint atCheckpoint(Checkpoint checkpoint, List<LedgerEntry> ledger)
      throws IOException {
    Origin origin = Origin.of(Optional.of(checkpoint));
    RunPlace place = origin.place().orElseThrow();
    return new StartPoint(
        checkpoint.state().runId(),
        checkpoint.state().step(),
        checkpoint.state().firstStep(),
        origin,
        ledger,
        known(place.arrangement(), checkpoint.state().runId()),
        new EarlierReads(place.ranges(), place.studies()));
  }

  /**
   * @param from what the run began from
   * @param ledger from the record with which the run began
   * @throws TrainingException where this version does not know the run's arrangement
   * @throws IOException where the checkpoint does not tell where its run stood
   */
  public static StartPoint atOpening(Optional<Checkpoint> from, List<LedgerEntry> ledger)
      throws IOException {
    StepRecord first = ledger.get(0).record();
    RunOpening opening = first.getOpening();
    return new StartPoint(
        first.getRunId(),
        opening.getFirstStep(),
        opening.getFirstStep(),
        Origin.of(from),
        ledger,
        known(opening.getArrangement(), first.getRunId()),
        new EarlierReads(SourceRanges.ofRecords(opening.getRanges()), List.of()));
  }

  /**
   * @param arrangement number
   * @throws TrainingException where this version does not know it
   */
  public static Arrangement known(int arrangement, String runId) {
    return Arrangement.of(arrangement)
        .orElseThrow(
            () ->
                new TrainingException(
                    "run %s makes its batches by arrangement %d, and this version knows none above %d; go on with the version that began it, or begin a new run of the line with --new-run"
                        .formatted(runId, arrangement, Arrangement.NEWEST.number())));
  }

  public boolean isResumed() {
    return !ledger.isEmpty();
  }

  /** Steps behind {@code step} that stand on the ledger already: they are taken again. */
  public List<LedgerEntry> retaken() {
    return ledger.stream()
        .filter(entry -> !entry.isOpening() && entry.record().getStep() > step)
        .toList();
  }

  /**
   * Where reading a source goes on behind the weights to be loaded. A new run that follows the
   * stream goes on behind what the run before it has read.
   */
  public SourcePosition position(String source) {
    if (isResumed()) {
      return LedgerDrafts.positions(ledger.get(0).record()).stream()
          .filter(position -> position.source().equals(source))
          .findFirst()
          .orElseGet(() -> behindParent(source));
    }
    return behindParent(source);
  }

  private SourcePosition behindParent(String source) {
    Map<Integer, Long> offsets = new HashMap<>();
    Map<Integer, Long> ranks = new HashMap<>();
    origin
        .place()
        .ifPresent(
            parent -> {
              for (SourceRange read : SourceRange.of(source, Topic.TUPLES_TRAIN, parent.ranges())) {
                offsets.put(read.range().partition(), read.range().end());
                if (read.countsRecords()) {
                  ranks.put(read.range().partition(), read.records());
                }
              }
              parent.next().stream()
                  .filter(position -> position.source().equals(source))
                  .forEach(
                      position -> {
                        offsets.putAll(position.offsets());
                        ranks.keySet().removeAll(position.offsets().keySet());
                        ranks.putAll(position.ranks());
                      });
            });
    return new SourcePosition(source, 0, 0, offsets, ranks);
  }
}
