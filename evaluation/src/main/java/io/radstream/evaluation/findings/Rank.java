package io.radstream.evaluation.findings;

import io.radstream.evaluation.Scored;

/** By what a study is ranked: what is not a number counts as wrong, as {@link Scored} has it. */
final class Rank {

  private Rank() {}

  static double of(Scored scored) {
    if (Double.isNaN(scored.score())) {
      return scored.present() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return scored.score();
  }
}
