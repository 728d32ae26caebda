package io.radstream.trainer.run;

import io.radstream.model.config.LearningRates;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.model.training.StepObserver;
import io.radstream.model.training.StepUnderWay;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.figures.TakenStep;
import io.radstream.trainer.ledger.StepRecords;
import io.radstream.trainer.timing.PhaseTimes;

/** Takes the optimizer steps of a run. */
public final class StepTaker {

  /** Of a network, as {@link io.radstream.model.RefersTraining#begin} begins them. */
  @FunctionalInterface
  public interface Steps {

    /**
     * @param seed of everything random inside the step
     */
    StepUnderWay begin(StudyBatch studies, LearningRates rates, long seed, StepObserver observer);
  }

  private final RunConfig config;
  private final Steps steps;
  private final StepRecords records;
  private final PhaseTimes times;

  /**
   * @param steps of the network that learns
   */
  public StepTaker(RunConfig config, Steps steps, StepRecords records, PhaseTimes times) {
    this.config = config;
    this.steps = steps;
    this.records = records;
    this.times = times;
  }

  /**
   * @param step that the line has behind it
   * @throws NonFiniteLossException where the loss is no number; no weight was changed
   */
  public TakenStep take(long step, TrainingBatch batch) {
    return begin(step, batch).finish();
  }

  /**
   * Begins one; one more may be begun before it is finished.
   *
   * @param step that the line has behind it, or will have
   */
  BegunStep begin(long step, TrainingBatch batch) {
    LearningRates rates = config.schedule().at(step);
    long seed = config.stepSeed(step);
    StepUnderWay begun = steps.begin(batch.studies(), rates, seed, times.step());
    return new BegunStep(step + 1, batch, rates, seed, begun, records, times);
  }
}
