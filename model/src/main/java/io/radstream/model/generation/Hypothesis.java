package io.radstream.model.generation;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A report that is being written.
 *
 * @param tokens ids from the start token on
 * @param logProbability of all of them but the first
 */
record Hypothesis(int[] tokens, double logProbability) {

  static Hypothesis start(int token) {
    return new Hypothesis(new int[] {token}, 0);
  }

  /**
   * @param sum log-probability of the longer report
   */
  Hypothesis with(int token, double sum) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return new Hypothesis(longer, sum);
  }

  int length() {
    return tokens.length;
  }

  int last() {
    return tokens[tokens.length - 1];
  }

  double score(double lengthPenalty) {
    return score(logProbability, length(), lengthPenalty);
  }

  /**
   * @param length in tokens, the start token included, which is not predicted
   */
  static double score(double logProbability, int length, double lengthPenalty) {
    return logProbability / Math.pow(Math.max(1, length - 1), lengthPenalty);
  }

  /** The best comes last; of equals, that with the lower token where they first differ. */
  static Comparator<Hypothesis> byScore(double lengthPenalty) {
    return Comparator.<Hypothesis>comparingDouble(hypothesis -> hypothesis.score(lengthPenalty))
        .thenComparing(Hypothesis::tokens, (one, other) -> Arrays.compare(other, one));
  }
}
