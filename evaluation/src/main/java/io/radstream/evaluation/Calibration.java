package io.radstream.evaluation;

/**
 * Turns the probability that a model gives into how often that was true of studies that were
 * labelled. Never turns the order of two studies round.
 */
public sealed interface Calibration permits Calibration.Identity, Platt, Isotonic {

  /** Leaves what a model says as it is. */
  record Identity() implements Calibration {

    @Override
    public double of(double probability) {
      return probability;
    }
  }

  /**
   * @param probability from 0 to 1
   */
  double of(double probability);
}
