package io.radstream.trainer;

import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.trainer.checkpoint.Checkpoint;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.ledger.LedgerDrafts;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.ledger.SourceRanges;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceStudies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run sets in.
 *
 * @param step that the weights to be loaded have behind them
 * @param firstStep at which the run began
 * @param from what to load; empty for a new line
 * @param ledger of the run from {@code step} on, oldest first, that record included; empty for a
 *     new run
 * @param ranges what an earlier process of this run read; empty for a new run
 * @param studies which tuples of these it found to learn from; empty where that is not known
 */
record StartPoint(
    String runId,
    long step,
    long firstStep,
    Optional<Checkpoint> from,
    List<LedgerEntry> ledger,
    List<SourceRange> ranges,
    List<SourceStudies> studies) {

  StartPoint {
    ledger = List.copyOf(ledger);
    ranges = List.copyOf(ranges);
    studies = List.copyOf(studies);
  }

  static StartPoint newRun(String runId, Optional<Checkpoint> from) {
    long step = from.map(checkpoint -> checkpoint.state().step()).orElse(0L);
    return new StartPoint(runId, step, step, from, List.of(), List.of(), List.of());
  }

  static StartPoint atCheckpoint(Checkpoint checkpoint, List<LedgerEntry> ledger) {
    return new StartPoint(
        checkpoint.state().runId(),
        checkpoint.state().step(),
        checkpoint.state().firstStep(),
        Optional.of(checkpoint),
        ledger,
        checkpoint.state().ranges(),
        checkpoint.state().studies());
  }

  /**
   * @param from what the run began from
   * @param ledger from the record with which the run began
   */
  static StartPoint atOpening(Optional<Checkpoint> from, List<LedgerEntry> ledger) {
    StepRecord first = ledger.get(0).record();
    RunOpening opening = first.getOpening();
    return new StartPoint(
        first.getRunId(),
        opening.getFirstStep(),
        opening.getFirstStep(),
        from,
        ledger,
        SourceRanges.ofRecords(opening.getRanges()),
        List.of());
  }

  boolean isResumed() {
    return !ledger.isEmpty();
  }

  /** Steps behind {@code step} that stand on the ledger already: they are taken again. */
  List<LedgerEntry> retaken() {
    return ledger.stream()
        .filter(entry -> !entry.isOpening() && entry.record().getStep() > step)
        .toList();
  }

  /**
   * Where reading a source goes on behind the weights to be loaded. A new run that follows the
   * stream goes on behind what the run before it has read.
   */
  SourcePosition position(String source) {
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
    from.ifPresent(
        parent -> {
          parent.state().ranges().stream()
              .filter(range -> range.source().equals(source))
              .filter(range -> range.topic().endsWith(Topic.TUPLES_TRAIN.suffix()))
              .forEach(range -> offsets.put(range.range().partition(), range.range().end()));
          parent.state().next().stream()
              .filter(position -> position.source().equals(source))
              .forEach(position -> offsets.putAll(position.offsets()));
        });
    return new SourcePosition(source, 0, 0, offsets);
  }

  /** Seed of the run's order and augmentation: each run of a line has its own. */
  long dataSeed(long seed) {
    return firstStep == 0 ? seed : CounterRandom.of(seed, "run", firstStep).nextLong();
  }
}
