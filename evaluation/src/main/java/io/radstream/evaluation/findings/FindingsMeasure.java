package io.radstream.evaluation.findings;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Interval;
import io.radstream.evaluation.Reliability;
import io.radstream.evaluation.Scored;
import io.radstream.evaluation.findings.FindingFigures.AtThreshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Measures a model on a split. Each draw of the bootstrap takes patients, all findings of all their
 * studies together, so that the mean over findings has an interval as well.
 *
 * @param bootstrap draws as many patients as there are, in the order of their names
 */
public record FindingsMeasure(Bootstrap bootstrap) {

  private static final int CALIBRATION_BINS = 10;

  // Places of a finding's figures among those of a draw.
  private static final int AUC = 0;
  private static final int AVERAGE_PRECISION = 1;
  private static final int SENSITIVITY = 2;
  private static final int SPECIFICITY = 3;
  private static final int BRIER = 4;
  private static final int PLACES = 5;

  /** The two means come behind all findings. */
  private static final int MEANS = 2;

  /**
   * @param thresholds by finding, from other studies; a finding without one has no yes or no
   */
  public SplitFigures of(JudgedSplit split, Map<String, Double> thresholds) {
    List<Ranking> rankings = split.rankings();
    double[] limits =
        split.findings().stream()
            .mapToDouble(finding -> thresholds.getOrDefault(finding, Double.NaN))
            .toArray();
    int patients = split.patients().size();
    int[] once = new int[patients];
    Arrays.fill(once, 1);
    double[] values = figures(rankings, limits, once);
    List<Optional<Interval>> intervals =
        bootstrap.intervals(patients, drawn -> figures(rankings, limits, drawn));
    List<FindingFigures> findings = new ArrayList<>();
    for (int i = 0; i < rankings.size(); i++) {
      findings.add(finding(split, i, new Drawn(values, intervals, i * PLACES), limits[i]));
    }
    Drawn means = new Drawn(values, intervals, rankings.size() * PLACES);
    return new SplitFigures(
        split.studies().size(), patients, findings, means.estimate(0), means.estimate(1));
  }

  /** The figures of a finding, or the means. */
  private record Drawn(double[] values, List<Optional<Interval>> intervals, int from) {

    Optional<Estimate> estimate(int place) {
      return Estimate.of(values[from + place], intervals.get(from + place));
    }
  }

  private static FindingFigures finding(
      JudgedSplit split, int number, Drawn drawn, double threshold) {
    List<Scored> scores = split.scores(split.findings().get(number));
    int present = (int) scores.stream().filter(Scored::present).count();
    Optional<Estimate> brier = drawn.estimate(BRIER);
    return new FindingFigures(
        split.findings().get(number),
        present,
        scores.size() - present,
        drawn.estimate(AUC),
        drawn.estimate(AVERAGE_PRECISION),
        Double.isNaN(threshold)
            ? Optional.empty()
            : Optional.of(
                new AtThreshold(
                    threshold, drawn.estimate(SENSITIVITY), drawn.estimate(SPECIFICITY))),
        brier,
        brier.isPresent()
            ? Reliability.equalCount(scores, CALIBRATION_BINS).expectedError()
            : OptionalDouble.empty());
  }

  private static double[] figures(List<Ranking> rankings, double[] limits, int[] drawn) {
    double[] figures = new double[rankings.size() * PLACES + MEANS];
    for (int i = 0; i < rankings.size(); i++) {
      Ranking ranking = rankings.get(i);
      int from = i * PLACES;
      figures[from + AUC] = ranking.auc(drawn);
      figures[from + AVERAGE_PRECISION] = ranking.averagePrecision(drawn);
      figures[from + SENSITIVITY] = ranking.told(true, limits[i], drawn);
      figures[from + SPECIFICITY] = 1 - ranking.told(false, limits[i], drawn);
      figures[from + BRIER] = ranking.brier(drawn);
    }
    figures[figures.length - MEANS] = mean(rankings, figures, AUC);
    figures[figures.length - 1] = mean(rankings, figures, AVERAGE_PRECISION);
    return figures;
  }

  /** Over the findings that have both kinds, whether the draw has them or not. */
  private static double mean(List<Ranking> rankings, double[] figures, int place) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < rankings.size(); i++) {
      if (rankings.get(i).hasBothKinds()) {
        sum += figures[i * PLACES + place];
        count++;
      }
    }
    return sum / count;
  }
}
