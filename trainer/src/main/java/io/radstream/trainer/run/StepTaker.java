package io.radstream.trainer.run;

import io.radstream.model.RefersTraining;
import io.radstream.model.config.LearningRates;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.model.training.StepResult;
import io.radstream.radiology.CounterRandom;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.figures.TakenStep;
import io.radstream.trainer.ledger.StepRecords;
import io.radstream.trainer.timing.PhaseTimes;
import java.util.Map;

/** Takes the optimizer steps of a run. */
public final class StepTaker {

  private final RunConfig config;
  private final RefersTraining network;
  private final StepRecords records;
  private final PhaseTimes times;

  public StepTaker(
      RunConfig config, RefersTraining network, StepRecords records, PhaseTimes times) {
    this.config = config;
    this.network = network;
    this.records = records;
    this.times = times;
  }

  /**
   * @param step that the line has behind it
   * @throws NonFiniteLossException where the loss is no number; no weight was changed
   */
  public TakenStep take(long step, TrainingBatch batch) {
    LearningRates rates = config.schedule().at(step);
    long seed = CounterRandom.of(config.seed(), "step", step).nextLong();
    StepResult result = network.step(batch.studies(), rates, seed, times.step());
    Map<String, Double> byName =
        Map.of(
            MetricNames.LEARNING_RATE_RADIOGRAPH,
            rates.radiograph(),
            MetricNames.LEARNING_RATE_TEXT,
            rates.text());
    Map<String, Double> losses = MetricNames.of(result.losses());
    return new TakenStep(batch, result, rates, records.of(step + 1, seed, batch, byName, losses));
  }
}
