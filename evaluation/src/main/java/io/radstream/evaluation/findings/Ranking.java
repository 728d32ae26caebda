package io.radstream.evaluation.findings;

import io.radstream.evaluation.Scored;
import java.util.Comparator;
import java.util.List;

/**
 * The studies of a finding in order of their scores, each as often as its patient was drawn. Sorted
 * once, so that a draw takes a pass and no more. What a draw does not define is NaN.
 */
final class Ranking {

  /** A study whose label is known. */
  record Ranked(int patient, Scored scored) {}

  private final int[] patients;
  private final boolean[] present;
  private final double[] ranks;
  private final double[] scores;

  Ranking(List<Ranked> studies) {
    List<Ranked> order =
        studies.stream()
            .sorted(
                Comparator.comparingDouble((Ranked study) -> Rank.of(study.scored())).reversed())
            .toList();
    patients = order.stream().mapToInt(Ranked::patient).toArray();
    ranks = order.stream().mapToDouble(study -> Rank.of(study.scored())).toArray();
    scores = order.stream().mapToDouble(study -> study.scored().score()).toArray();
    present = new boolean[patients.length];
    for (int i = 0; i < present.length; i++) {
      present[i] = order.get(i).scored().present();
    }
  }

  boolean hasBothKinds() {
    boolean with = false;
    boolean without = false;
    for (boolean one : present) {
      with |= one;
      without |= !one;
    }
    return with && without;
  }

  /**
   * As {@code Auc}.
   *
   * @param drawn how often each patient was
   */
  double auc(int[] drawn) {
    long halves = 0;
    long above = 0;
    long absent = 0;
    for (int begin = 0, end; begin < ranks.length; begin = end) {
      long with = 0;
      long without = 0;
      for (end = begin; end < ranks.length && ranks[end] == ranks[begin]; end++) {
        with += present[end] ? drawn[patients[end]] : 0;
        without += present[end] ? 0 : drawn[patients[end]];
      }
      halves += without * (2 * above + with);
      above += with;
      absent += without;
    }
    return halves / 2.0 / ((double) above * absent);
  }

  /** As {@code AveragePrecision}. */
  double averagePrecision(int[] drawn) {
    long found = 0;
    long looked = 0;
    double sum = 0;
    for (int begin = 0, end; begin < ranks.length; begin = end) {
      long with = 0;
      for (end = begin; end < ranks.length && ranks[end] == ranks[begin]; end++) {
        with += present[end] ? drawn[patients[end]] : 0;
        looked += drawn[patients[end]];
      }
      found += with;
      sum += with == 0 ? 0 : with * ((double) found / looked);
    }
    return sum / found;
  }

  /** Share of the studies of a kind whose score is at least the threshold. */
  double told(boolean there, double threshold, int[] drawn) {
    long told = 0;
    long all = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (present[i] == there) {
        all += drawn[patients[i]];
        told += ranks[i] >= threshold ? drawn[patients[i]] : 0;
      }
    }
    return (double) told / all;
  }

  /** As {@code BrierScore}; NaN where a score is no probability. */
  double brier(int[] drawn) {
    long all = 0;
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double error = scores[i] - (present[i] ? 1 : 0);
      sum += drawn[patients[i]] * (scores[i] >= 0 && scores[i] <= 1 ? error * error : Double.NaN);
      all += drawn[patients[i]];
    }
    return sum / all;
  }
}
