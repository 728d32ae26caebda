package io.radstream.evaluation;

import java.util.List;

/**
 * How far probabilities are from what is true; 0 is the best of both.
 *
 * @param brier mean squared error ({@link BrierScore})
 * @param error expected calibration error, in ten bins of as many studies each ({@link
 *     Reliability#equalCount})
 */
public record CalibrationFigures(double brier, double error) {

  private static final int BINS = 10;

  public CalibrationFigures {
    if (!(brier >= 0 && brier <= 1 && error >= 0 && error <= 1)) {
      throw new IllegalArgumentException(
          "both figures are from 0 to 1, not %s and %s".formatted(brier, error));
    }
  }

  static CalibrationFigures of(List<Scored> scores) {
    return new CalibrationFigures(
        BrierScore.of(scores).orElseThrow(),
        Reliability.equalCount(scores, BINS).expectedError().orElseThrow());
  }
}
