package io.radstream.trainer.config;

import static io.radstream.trainer.config.RunConfig.require;

import io.radstream.model.config.LearningRates;

/**
 * Learning rates over a line: linear warm-up to the peak, then what the shape says.
 *
 * @param shape of the rates behind the warm-up
 * @param radiographRate peak for the radiograph transformer and the view fusion
 * @param textRate peak for the report transformer and the report encoder
 * @param warmup steps until the peak is reached
 * @param steps length of the run
 */
public record Schedule(
    Shape shape, double radiographRate, double textRate, long warmup, long steps) {

  /** Learning rates behind the warm-up. */
  public enum Shape {
    /** A half cosine to 0 (paper, section 4.2). */
    COSINE,
    /** The peak, for training without an end (Hu et al., 2024, "MiniCPM", section 4). */
    CONSTANT,
    /** A straight line to 0: the end of a branch of training without an end. */
    LINEAR
  }

  public Schedule {
    require(shape != null, "schedule.shape (COSINE, CONSTANT or LINEAR)", shape);
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
    double passed = (double) (step - warmup) / (steps - warmup);
    return switch (shape) {
      case COSINE -> 0.5 * (1 + Math.cos(Math.PI * passed));
      case CONSTANT -> 1;
      case LINEAR -> 1 - passed;
    };
  }
}
