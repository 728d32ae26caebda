package io.radstream.trainer.replay;

import io.radstream.model.RefersTraining;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.feed.BatchFeed;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.figures.TakenStep;
import io.radstream.trainer.run.LedgerCheck;
import io.radstream.trainer.run.LedgerCheck.Difference;
import io.radstream.trainer.run.StepTaker;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Takes steps again, one after another, and compares each with what the ledger has of it.
 *
 * @param plan whose settings decide whether a step may differ
 * @param steps that {@code feed} has the batches of
 * @param network that {@code taker} takes them with
 */
record StepRetaking(
    ReplayPlan plan, ReplaySteps steps, BatchFeed feed, StepTaker taker, RefersTraining network)
    implements AutoCloseable {

  /**
   * @param before is told which step is behind the network before the next: those that were passed
   *     over are
   * @return empty where the ledger has no further step
   */
  Optional<ReplayedStep> next(LongConsumer before) throws InterruptedException {
    Optional<TrainingBatch> batch = feed.next();
    if (batch.isEmpty()) {
      return Optional.empty();
    }
    StepRecord recorded = steps.taken();
    before.accept(recorded.getStep() - 1);
    return Optional.of(take(recorded, batch.get()));
  }

  /** Steps so far that were not taken. */
  long passedOver() {
    return steps.passedOver();
  }

  /** Studies so far that were left out of steps. */
  long leftOut() {
    return steps.leftOut();
  }

  private ReplayedStep take(StepRecord before, TrainingBatch batch) {
    TakenStep taken = taker.take(before.getStep() - 1, batch);
    Optional<String> weights = Optional.empty();
    if (before.getWeightsDigest() != null) {
      weights = Optional.of(network.weightsDigest());
      taken.record().setWeightsDigest(weights.get());
    }
    StepRecord again = taken.record().build();
    return new ReplayedStep(
        before.getStep(),
        before.getLosses(),
        again.getLosses(),
        weights,
        difference(before, again));
  }

  private Optional<String> difference(StepRecord before, StepRecord again) {
    return plan.counterfactual()
        ? Optional.empty()
        : LedgerCheck.compare(before, again)
            .map(Difference::meaning)
            .map(what -> "step %d differs in its %s".formatted(before.getStep(), what));
  }

  @Override
  public void close() {
    feed.close();
  }
}
