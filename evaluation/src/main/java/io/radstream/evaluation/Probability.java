package io.radstream.evaluation;

/** Scores that are probabilities. */
final class Probability {

  private Probability() {}

  static double of(Scored scored) {
    double score = scored.score();
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          "calibration is of probabilities from 0 to 1, and a score is " + score);
    }
    return score;
  }
}
