package io.radstream.trainer.config;

import static io.radstream.trainer.config.RunConfig.require;

import io.radstream.model.LearningRates;

/**
 * Learning rates over a run: linear warm-up to the peak, then a half cosine to 0 (paper, section
 * 4.2).
 *
 * @param radiographRate peak for the radiograph transformer and the view fusion
 * @param textRate peak for the report transformer and the report encoder
 * @param warmup steps until the peak is reached
 * @param steps length of the run
 */
public record Schedule(double radiographRate, double textRate, long warmup, long steps) {

  public Schedule {
    require(radiographRate >= 0, "schedule.radiographRate (at least 0)", radiographRate);
    require(textRate >= 0, "schedule.textRate (at least 0)", textRate);
    require(warmup >= 0, "schedule.warmup (at least 0)", warmup);
    require(steps > 0, "schedule.steps (at least 1)", steps);
  }

  /**
   * @param step counted from 0; the rates are those for the step to be taken next
   */
  public LearningRates at(long step) {
    double factor = factor(step);
    return new LearningRates(radiographRate * factor, textRate * factor);
  }

  private double factor(long step) {
    if (step < warmup) {
      return (step + 1.0) / warmup;
    }
    if (step >= steps) {
      return 0;
    }
    return 0.5 * (1 + Math.cos(Math.PI * (step - warmup) / (steps - warmup)));
  }
}
