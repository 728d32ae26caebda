package io.radstream.model.training;

import io.radstream.model.objective.BatchLosses;

/**
 * Figures of one optimizer step, from before the update.
 *
 * @param gradientNorm global L2 norm before clipping
 * @param lossScale what the loss was multiplied by against underflow; 1 but in float16
 * @param skipped whether the gradient overflowed in float16, so that no weight moved
 */
public record StepResult(
    BatchLosses losses, double gradientNorm, double lossScale, boolean skipped) {

  /** What was minimised. */
  public double loss() {
    return losses.total();
  }
}
