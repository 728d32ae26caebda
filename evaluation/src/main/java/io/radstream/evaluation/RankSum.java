package io.radstream.evaluation;

import java.util.Arrays;

/**
 * Whether one group's numbers are larger or smaller than another's, whatever their distribution:
 * the rank-sum test (Wilcoxon, 1945; Mann and Whitney, 1947) by the normal approximation, with its
 * correction for ties and for continuity. Good from about five numbers a group on.
 *
 * @param superiority probability that a number of the first group is larger than one of the second;
 *     a tie counts half
 * @param pValue two-sided
 */
public record RankSum(double superiority, double pValue) {

  /**
   * @throws IllegalArgumentException where a group is empty or holds what is no number
   */
  public static RankSum of(double[] first, double[] second) {
    int n = first.length;
    int m = second.length;
    if (n == 0 || m == 0) {
      throw new IllegalArgumentException("each group needs a number");
    }
    double[] all = Arrays.copyOf(first, n + m);
    System.arraycopy(second, 0, all, n, m);
    if (Arrays.stream(all).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("a value is not a number");
    }
    Arrays.sort(all);
    double wins = 0;
    for (double value : first) {
      wins += below(second, value);
    }
    double ties = ties(all);
    double total = n + m;
    double variance = n * m / 12.0 * (total + 1 - ties / (total * (total - 1)));
    double distance = Math.max(0, Math.abs(wins - n * m / 2.0) - 0.5);
    double p = variance > 0 ? Normal.twoSided(distance / Math.sqrt(variance)) : 1;
    return new RankSum(wins / ((double) n * m), p);
  }

  private static double below(double[] others, double value) {
    double below = 0;
    for (double other : others) {
      below += other < value ? 1 : other == value ? 0.5 : 0;
    }
    return below;
  }

  /** Sum of t³ − t over groups of t equal numbers. */
  private static double ties(double[] sorted) {
    double sum = 0;
    int begin = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[begin]) {
        double size = i - begin;
        sum += size * size * size - size;
        begin = i;
      }
    }
    return sum;
  }
}
