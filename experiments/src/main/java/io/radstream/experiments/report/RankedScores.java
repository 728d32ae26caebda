package io.radstream.experiments.report;

import java.util.Comparator;
import java.util.List;

/**
 * Scores of a finding, ranked once, so that the area under the ROC curve of many draws of patients
 * is one walk for each.
 */
final class RankedScores {

  /**
   * A study of which the finding is known.
   *
   * @param patient number of the patient
   */
  record Ranked(int patient, double score, boolean present) {

    /** As {@link io.radstream.evaluation.Scored} has it: what is not a number is wrong. */
    double rank() {
      if (Double.isNaN(score)) {
        return present ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      return score + 0.0; // a negative zero is a zero
    }
  }

  private final int[] patients;
  private final boolean[] present;

  /** Whether a study's score is that of the study before. */
  private final boolean[] tied;

  RankedScores(List<Ranked> studies) {
    List<Ranked> sorted =
        studies.stream().sorted(Comparator.comparingDouble(Ranked::rank)).toList();
    patients = new int[sorted.size()];
    present = new boolean[sorted.size()];
    tied = new boolean[sorted.size()];
    for (int i = 0; i < patients.length; i++) {
      patients[i] = sorted.get(i).patient();
      present[i] = sorted.get(i).present();
      tied[i] = i > 0 && sorted.get(i).rank() == sorted.get(i - 1).rank();
    }
  }

  /**
   * As {@link io.radstream.evaluation.Auc} of the drawn studies.
   *
   * @param counts how often each patient was drawn
   * @return NaN where either kind is missing
   */
  double auc(int[] counts) {
    long below = 0;
    long presentBelow = 0;
    long absentHere = 0;
    long presentHere = 0;
    double wins = 0;
    for (int i = 0; i < patients.length; i++) {
      if (!tied[i]) {
        wins += presentHere * (below + absentHere / 2.0);
        below += absentHere;
        presentBelow += presentHere;
        absentHere = 0;
        presentHere = 0;
      }
      int count = counts[patients[i]];
      if (present[i]) {
        presentHere += count;
      } else {
        absentHere += count;
      }
    }
    wins += presentHere * (below + absentHere / 2.0);
    return wins / ((double) (below + absentHere) * (presentBelow + presentHere));
  }
}
