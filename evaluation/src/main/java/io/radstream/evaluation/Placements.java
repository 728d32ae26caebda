package io.radstream.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * Where the scores of studies with a finding stand among those without it, and the other way round:
 * the structural components of DeLong et al. (1988). The mean of either is the AUC.
 */
final class Placements {

  private final double[] present;
  private final double[] absent;
  private final double[] sortedPresent;
  private final double[] sortedAbsent;

  Placements(List<Scored> scores) {
    present = scores.stream().filter(Scored::present).mapToDouble(Scored::score).toArray();
    absent = scores.stream().filter(s -> !s.present()).mapToDouble(Scored::score).toArray();
    sortedPresent = present.clone();
    sortedAbsent = absent.clone();
    // What is not a number comes last.
    Arrays.sort(sortedPresent);
    Arrays.sort(sortedAbsent);
  }

  int presentCount() {
    return present.length;
  }

  int absentCount() {
    return absent.length;
  }

  /** For each study with the finding, in order: how many without it it beats; a tie is a half. */
  double[] winsOfPresent() {
    return Arrays.stream(present).map(this::beaten).toArray();
  }

  /** For each study without the finding, in order: how many with it beat it; a tie is a half. */
  double[] winsOverAbsent() {
    return Arrays.stream(absent).map(this::beating).toArray();
  }

  private double beaten(double score) {
    return Double.isNaN(score)
        ? 0
        : (below(sortedAbsent, score) + notAbove(sortedAbsent, score)) / 2.0;
  }

  private double beating(double score) {
    if (Double.isNaN(score)) {
      return 0;
    }
    int numbers = notAbove(sortedPresent, Double.POSITIVE_INFINITY);
    return numbers - (below(sortedPresent, score) + notAbove(sortedPresent, score)) / 2.0;
  }

  /** How many of the sorted values are less than the limit. */
  private static int below(double[] sorted, double limit) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many of the sorted values are at most the limit. */
  private static int notAbove(double[] sorted, double limit) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
