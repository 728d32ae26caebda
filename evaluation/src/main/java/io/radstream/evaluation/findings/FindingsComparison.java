package io.radstream.evaluation.findings;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.DeLong;
import io.radstream.evaluation.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One model against another on the same studies.
 *
 * @param bootstrap draws patients, each for both models
 */
public record FindingsComparison(Bootstrap bootstrap) {

  /**
   * Of a finding.
   *
   * @param delong empty where there are too few studies. It takes studies for independent: where
   *     patients have several, the interval of the difference is the one to go by
   * @param difference of the AUCs, the first less the second
   */
  public record Compared(String finding, Optional<DeLong> delong, Optional<Estimate> difference) {}

  /**
   * Of all.
   *
   * @param meanDifference of the mean AUCs
   */
  public record Comparison(List<Compared> findings, Optional<Estimate> meanDifference) {

    public Comparison {
      findings = List.copyOf(findings);
    }
  }

  /**
   * @throws IllegalArgumentException where the two are not of the same findings, patients and
   *     labels
   */
  public Comparison of(JudgedSplit first, JudgedSplit second) {
    requireSame(first, second);
    List<Ranking> one = first.rankings();
    List<Ranking> other = second.rankings();
    int patients = first.patients().size();
    int[] once = new int[patients];
    Arrays.fill(once, 1);
    double[] values = differences(one, other, once);
    List<Optional<Interval>> intervals =
        bootstrap.intervals(patients, drawn -> differences(one, other, drawn));
    List<Compared> compared = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      String finding = first.findings().get(i);
      compared.add(
          new Compared(
              finding,
              DeLong.of(first.scores(finding), second.scores(finding)),
              Estimate.of(values[i], intervals.get(i))));
    }
    return new Comparison(compared, Estimate.of(values[one.size()], intervals.get(one.size())));
  }

  private static double[] differences(List<Ranking> one, List<Ranking> other, int[] drawn) {
    double[] differences = new double[one.size() + 1];
    double sum = 0;
    int count = 0;
    for (int i = 0; i < one.size(); i++) {
      differences[i] = one.get(i).auc(drawn) - other.get(i).auc(drawn);
      sum += one.get(i).hasBothKinds() ? differences[i] : 0;
      count += one.get(i).hasBothKinds() ? 1 : 0;
    }
    differences[one.size()] = sum / count;
    return differences;
  }

  private static void requireSame(JudgedSplit first, JudgedSplit second) {
    boolean same =
        first.findings().equals(second.findings())
            && first.studies().size() == second.studies().size();
    for (int i = 0; same && i < first.studies().size(); i++) {
      JudgedStudy one = first.studies().get(i);
      JudgedStudy other = second.studies().get(i);
      same = one.patient().equals(other.patient()) && Arrays.equals(one.labels(), other.labels());
    }
    if (!same) {
      throw new IllegalArgumentException(
          "both models must be measured on the same studies and findings");
    }
  }
}
