package io.radstream.evaluation.findings;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well a model tells a finding. What the studies do not define is empty.
 *
 * @param present studies that are known to have it
 * @param absent studies that are known not to have it
 * @param auc area under the ROC curve
 * @param averagePrecision area under the curve of precision over recall
 * @param atThreshold what becomes of a yes or no
 * @param brier mean squared error of the probabilities
 * @param calibrationError expected calibration error in ten bins of as many studies each. Without
 *     an interval: studies that are drawn twice share a bin, which makes the error of a draw larger
 *     than that of the sample, so that the percentiles would not hold it
 */
public record FindingFigures(
    String finding,
    int present,
    int absent,
    Optional<Estimate> auc,
    Optional<Estimate> averagePrecision,
    Optional<AtThreshold> atThreshold,
    Optional<Estimate> brier,
    OptionalDouble calibrationError) {

  /**
   * The finding is told of where the score is at least the threshold.
   *
   * @param threshold that other studies gave
   * @param sensitivity share of the studies with the finding that are told of
   * @param specificity share of the studies without it that are not
   */
  public record AtThreshold(
      double threshold, Optional<Estimate> sensitivity, Optional<Estimate> specificity) {}
}
