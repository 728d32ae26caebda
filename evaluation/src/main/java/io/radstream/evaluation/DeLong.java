package io.radstream.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * Whether two AUCs on the same studies differ (DeLong, DeLong and Clarke-Pearson, Biometrics 44,
 * 1988).
 *
 * @param first AUC of the first model
 * @param second AUC of the second
 * @param standardError of their difference
 * @param pValue two-sided, from the normal distribution
 */
public record DeLong(double first, double second, double standardError, double pValue) {

  /**
   * @param first scores of the first model, by study
   * @param second those of the second, in the same order
   * @return empty where either kind has fewer than two studies, or where the AUCs differ but their
   *     variance is estimated as zero: there are too few studies for this test. {@link
   *     PairedPermutation} needs no estimate
   * @throws IllegalArgumentException where the two are not of the same studies
   */
  public static Optional<DeLong> of(List<Scored> first, List<Scored> second) {
    for (Paired<Scored> pair : Paired.of(first, second)) {
      if (pair.first().present() != pair.second().present()) {
        throw new IllegalArgumentException(
            "both models must be measured on the same studies, but a study has the finding for one"
                + " only");
      }
    }
    Placements one = new Placements(first);
    Placements other = new Placements(second);
    int present = one.presentCount();
    int absent = one.absentCount();
    if (present < 2 || absent < 2) {
      return Optional.empty();
    }
    double variance =
        variance(one.winsOfPresent(), other.winsOfPresent()) / absent / absent / present
            + variance(one.winsOverAbsent(), other.winsOverAbsent()) / present / present / absent;
    return test(Auc.of(first).orElseThrow(), Auc.of(second).orElseThrow(), Math.sqrt(variance));
  }

  private static Optional<DeLong> test(double first, double second, double standardError) {
    double difference = Math.abs(first - second);
    if (standardError == 0) {
      return difference == 0 ? Optional.of(new DeLong(first, second, 0, 1)) : Optional.empty();
    }
    double pValue = Normal.twoSided(difference / standardError);
    return Optional.of(new DeLong(first, second, standardError, pValue));
  }

  /** Of the differences of two models, study by study. */
  private static double variance(double[] first, double[] second) {
    double mean = 0;
    for (int i = 0; i < first.length; i++) {
      mean += (first[i] - second[i]) / first.length;
    }
    double squares = 0;
    for (int i = 0; i < first.length; i++) {
      double deviation = first[i] - second[i] - mean;
      squares += deviation * deviation;
    }
    return squares / (first.length - 1);
  }
}
