package io.radstream.trainer.run;

import io.radstream.model.config.LearningRates;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.model.training.StepResult;
import io.radstream.model.training.StepUnderWay;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.figures.TakenStep;
import io.radstream.trainer.ledger.StepRecords;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import java.util.Map;

/**
 * A step that was begun, which the device may still be computing.
 *
 * @param step that the line has behind it with this one
 */
record BegunStep(
    long step,
    TrainingBatch batch,
    LearningRates rates,
    long seed,
    StepUnderWay underWay,
    StepRecords records,
    PhaseTimes times) {

  /** Whether nothing has to be waited for. */
  boolean isDone() {
    return underWay.isDone();
  }

  /**
   * Waits for it.
   *
   * @throws NonFiniteLossException where the loss is no number; no weight was changed, whatever was
   *     begun since
   */
  TakenStep finish() {
    // What the host waits for is most of all the way back.
    StepResult result = times.during(Phase.BACKWARD, underWay::finish);
    Map<String, Double> byName =
        Map.of(
            MetricNames.LEARNING_RATE_RADIOGRAPH,
            rates.radiograph(),
            MetricNames.LEARNING_RATE_TEXT,
            rates.text());
    Map<String, Double> losses = MetricNames.of(result.losses());
    return new TakenStep(batch, result, rates, records.of(step, seed, batch, byName, losses));
  }
}
