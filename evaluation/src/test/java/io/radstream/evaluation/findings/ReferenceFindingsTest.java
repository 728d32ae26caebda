package io.radstream.evaluation.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.DeLong;
import io.radstream.evaluation.Interval;
import io.radstream.evaluation.findings.FindingFigures.AtThreshold;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Against scikit-learn 1.9.1 and SciPy 1.17.1, which benchmarks/reference/evaluation.py asks about
 * the same studies with the same draws of patients.
 */
class ReferenceFindingsTest {

  private static final Offset<Double> ROUNDING = within(1e-12);
  private static final Bootstrap BOOTSTRAP = new Bootstrap(11, 200, 0.95);

  private static JudgedSplit first() {
    return split(i -> (float) (((i * 37 + 11) % 50 + (i % 3 == 0 ? 18 : 0)) / 68.0));
  }

  private static JudgedSplit second() {
    return split(i -> (float) (((i * 23 + 7) % 20 + (i % 3 == 0 ? 3 : 0)) / 23.0));
  }

  private interface Score {
    float of(int study);
  }

  private static JudgedSplit split(Score score) {
    return new JudgedSplit(
        List.of("finding"),
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    new JudgedStudy(
                        "p%02d".formatted(i * i % 23),
                        new float[] {i % 3 == 0 ? 1 : 0},
                        new float[] {score.of(i)}))
            .toList());
  }

  @Test
  void shouldGiveWhatScikitLearnGivesOfTheFirst() {
    FindingFigures figures = measured(first(), 0.3970588147640228);

    assertEstimate(figures.auc(), 0.79375, 0.7480935541979951, 0.8823094668489405);
    assertEstimate(
        figures.averagePrecision(), 0.7143178468417488, 0.6184885906602641, 0.8591330800957246);
    assertEstimate(figures.brier(), 0.1774437727598097, 0.1475529383299567, 0.20875410129807917);
    AtThreshold point = figures.atThreshold().orElseThrow();
    assertEstimate(point.sensitivity(), 0.9, 0.7891812865497077, 1);
    assertEstimate(point.specificity(), 0.525, 0.20893087855297166, 0.8055555555555556);
    assertThat(figures.calibrationError().orElseThrow()).isEqualTo(0.14950980654296775, ROUNDING);
  }

  @Test
  void shouldGiveWhatScikitLearnGivesOfTheSecond() {
    FindingFigures figures = measured(second(), 0.8695651888847351);

    assertEstimate(figures.auc(), 0.63875, 0.5248738921579311, 0.7296448853409173);
    assertEstimate(
        figures.averagePrecision(), 0.5165036026065438, 0.38865965838150657, 0.6507609658782034);
    assertEstimate(figures.brier(), 0.24606175072768174, 0.20991825114925927, 0.28558758654791866);
    AtThreshold point = figures.atThreshold().orElseThrow();
    assertEstimate(point.sensitivity(), 0.15, 0, 0.27797619047619054);
    assertEstimate(point.specificity(), 1, 1, 1);
    assertThat(figures.calibrationError().orElseThrow()).isEqualTo(0.17971014343202113, ROUNDING);
  }

  /** The fast formula of Sun and Xu (2014), which sorts instead of comparing pairs. */
  @Test
  void shouldGiveTheFastFormulaOfDeLong() {
    DeLong test =
        new FindingsComparison(BOOTSTRAP)
            .of(first(), second())
            .findings()
            .get(0)
            .delong()
            .orElseThrow();

    assertThat(test.standardError()).isEqualTo(0.09280866816542341, ROUNDING);
    assertThat(test.pValue()).isEqualTo(0.09489906158737396, ROUNDING);
  }

  private static FindingFigures measured(JudgedSplit split, double threshold) {
    assertThat(new OperatingRule.Youden().threshold(split.scores("finding"))).hasValue(threshold);
    return new FindingsMeasure(BOOTSTRAP).of(split, Map.of("finding", threshold)).findings().get(0);
  }

  private static void assertEstimate(
      Optional<Estimate> estimate, double value, double low, double high) {
    Interval interval = estimate.orElseThrow().interval().orElseThrow();
    assertThat(estimate.orElseThrow().value()).isEqualTo(value, ROUNDING);
    assertThat(interval.low()).isEqualTo(low, ROUNDING);
    assertThat(interval.high()).isEqualTo(high, ROUNDING);
    assertThat(interval.rounds()).isEqualTo(200);
  }
}
