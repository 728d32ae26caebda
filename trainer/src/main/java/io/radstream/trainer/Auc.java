package io.radstream.trainer;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Area under the ROC curve. */
public final class Auc {

  /** A score and whether the finding is really there. */
  public record Scored(double score, boolean present) {}

  private Auc() {}

  /**
   * The probability that a study with the finding scores above one without it; ties count half
   * (Hanley and McNeil, 1982).
   *
   * @return empty where either kind is missing
   */
  public static OptionalDouble of(List<Scored> scores) {
    double[] absent =
        scores.stream().filter(s -> !s.present()).mapToDouble(Scored::score).sorted().toArray();
    double[] present = scores.stream().filter(Scored::present).mapToDouble(Scored::score).toArray();
    if (absent.length == 0 || present.length == 0) {
      return OptionalDouble.empty();
    }
    double wins = 0;
    for (double score : present) {
      wins += (below(absent, score) + below(absent, Math.nextUp(score))) / 2.0;
    }
    return OptionalDouble.of(wins / ((double) present.length * absent.length));
  }

  /** How many of the sorted values are less than the limit. */
  private static int below(double[] sorted, double limit) {
    int found = Arrays.binarySearch(sorted, limit);
    if (found < 0) {
      return -found - 1;
    }
    while (found > 0 && sorted[found - 1] == limit) {
      found--;
    }
    return found;
  }
}
