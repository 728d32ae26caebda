package io.radstream.trainer.run;

import io.opentelemetry.api.trace.Span;
import io.radstream.trainer.data.RunFeed;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.ranks.Ensemble;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Begins steps with the batches of a feed. */
final class StepStarter {

  private final RunUnderWay run;
  private final StepTaker steps;
  private final StepJournal journal;
  private final CheckpointKeeper checkpoints;
  private final RunSpans spans;
  private final Ensemble ensemble;

  StepStarter(
      RunUnderWay run,
      StepTaker steps,
      StepJournal journal,
      CheckpointKeeper checkpoints,
      RunSpans spans,
      Ensemble ensemble) {
    this.run = run;
    this.steps = steps;
    this.journal = journal;
    this.checkpoints = checkpoints;
    this.spans = spans;
    this.ensemble = ensemble;
  }

  /**
   * Empty where there is no batch yet.
   *
   * @param step that the line has behind it, or will have
   */
  Optional<StepInHand> ready(RunFeed feed, long step) throws InterruptedException {
    return feed.takeReady().map(batch -> begin(step, batch, 0));
  }

  /**
   * Waits for a batch; empty where a stop was requested before there was one.
   *
   * @param step that the line has behind it
   */
  Optional<StepInHand> awaited(RunFeed feed, long step, BooleanSupplier stopRequested)
      throws InterruptedException {
    PhaseTimes.Running ledger = run.times().begin(Phase.LEDGER);
    journal.open();
    ledger.end();
    Instant asked = run.clock().instant();
    PhaseTimes.Running wait = run.times().begin(Phase.WAIT);
    Optional<TrainingBatch> batch =
        feed.take(
            () ->
                stopRequested.getAsBoolean()
                    || journal.hasFailed()
                    || checkpoints.hasFailed()
                    || ensemble.hasFailed());
    wait.end();
    if (journal.hasFailed()) {
      journal.position(); // throws; studies may not come for hours
    }
    ensemble.requireAll();
    double waited = StepSettler.seconds(asked, run.clock().instant());
    return batch.map(found -> begin(step, found, waited));
  }

  private StepInHand begin(long step, TrainingBatch batch, double waited) {
    Span span = spans.step(step + 1, batch.draft().studies());
    boolean begun = false;
    try {
      Instant began = run.clock().instant();
      StepInHand inHand = new StepInHand(begin(step, batch), waited, began, span);
      begun = true;
      return inHand;
    } finally {
      if (!begun) {
        span.end();
      }
    }
  }

  /** What cannot be begun is nothing that others are waited for in. */
  private BegunStep begin(long step, TrainingBatch batch) {
    boolean begun = false;
    try {
      ensemble.take(batch.draft(), step);
      BegunStep under = steps.begin(step, batch);
      ensemble.took(step);
      begun = true;
      return under;
    } finally {
      if (!begun) {
        ensemble.left();
      }
    }
  }
}
