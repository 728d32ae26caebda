package io.radstream.evaluation.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.evaluation.Auc;
import io.radstream.evaluation.AveragePrecision;
import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.BrierScore;
import io.radstream.evaluation.Interval;
import io.radstream.evaluation.Scored;
import io.radstream.evaluation.findings.FindingsComparison.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FindingsMeasureTest {

  private static final Offset<Double> ROUNDING = within(1e-12);
  private static final List<String> FINDINGS = List.of("edema", "nodule", "never");
  private static final Map<String, Double> THRESHOLDS = Map.of("edema", 0.5, "nodule", 0.4);
  private static final FindingsMeasure MEASURE = new FindingsMeasure(new Bootstrap(7, 500, 0.95));

  /** Patients have one to three studies; a label of each seventh study is not known. */
  private static JudgedSplit split(int studies, int salt) {
    return new JudgedSplit(
        FINDINGS, IntStream.range(0, studies).mapToObj(i -> study(i, salt)).toList());
  }

  private static JudgedStudy study(int i, int salt) {
    float edema = i % 7 == 3 ? Float.NaN : i % 3 == 0 ? 1 : 0;
    float nodule = i % 5 == 2 ? 1 : 0;
    float[] scores = {
      ((i * (37 + salt) + 11) % 50 + (i % 3 == 0 ? 18 : 0)) / 68f,
      ((i * (23 + salt) + 7) % 20 + (i % 5 == 2 ? 5 : 0)) / 25f,
      i % 10 / 10f
    };
    return new JudgedStudy(
        "patient " + i * i % (i % 4 + 40), new float[] {edema, nodule, 0}, scores);
  }

  @Test
  void shouldMeasureAsEachFigureDoesByItself() {
    JudgedSplit split = split(90, 0);

    SplitFigures figures = MEASURE.of(split, THRESHOLDS);

    for (String finding : List.of("edema", "nodule")) {
      List<Scored> scores = split.scores(finding);
      FindingFigures of = figures.findings().get(FINDINGS.indexOf(finding));
      assertThat(of.auc().orElseThrow().value()).isEqualTo(Auc.of(scores).orElseThrow(), ROUNDING);
      assertThat(of.averagePrecision().orElseThrow().value())
          .isEqualTo(AveragePrecision.of(scores).orElseThrow(), ROUNDING);
      assertThat(of.brier().orElseThrow().value())
          .isEqualTo(BrierScore.of(scores).orElseThrow(), ROUNDING);
      assertThat(of.present() + of.absent()).isEqualTo(scores.size());
    }
    assertThat(figures.meanAuc().orElseThrow().value())
        .isEqualTo(
            (Auc.of(split.scores("edema")).orElseThrow()
                    + Auc.of(split.scores("nodule")).orElseThrow())
                / 2,
            ROUNDING);
  }

  @Test
  void shouldTellWhatBecomesOfAYesOrNoAtTheThresholdGiven() {
    JudgedSplit split =
        new JudgedSplit(
            List.of("edema"),
            List.of(
                one("a", 1, 0.5f),
                one("b", 1, 0.4f),
                one("c", 0, 0.5f),
                one("d", 0, 0.1f),
                one("e", 0, 0.2f)));

    FindingFigures figures = MEASURE.of(split, Map.of("edema", 0.5)).findings().get(0);

    assertThat(figures.atThreshold().orElseThrow().sensitivity().orElseThrow().value())
        .isEqualTo(1 / 2.0, ROUNDING);
    assertThat(figures.atThreshold().orElseThrow().specificity().orElseThrow().value())
        .isEqualTo(2 / 3.0, ROUNDING);
    assertThat(MEASURE.of(split, Map.of()).findings().get(0).atThreshold()).isEmpty();
  }

  private static JudgedStudy one(String patient, float label, float score) {
    return new JudgedStudy(patient, new float[] {label}, new float[] {score});
  }

  @Test
  void shouldLeaveOutOfTheMeanWhatHasOneKindOnly() {
    FindingFigures never = MEASURE.of(split(90, 0), THRESHOLDS).findings().get(2);

    assertThat(never.present()).isZero();
    assertThat(never.auc()).isEmpty();
    assertThat(never.averagePrecision()).isEmpty();
    assertThat(never.brier()).isPresent();
    assertThat(never.calibrationError()).isPresent();
  }

  /** The same study of a patient a hundred times is no more than one. */
  @Test
  void shouldDrawPatientsAndNotStudies() {
    List<JudgedStudy> once = new ArrayList<>(split(40, 0).studies());
    List<JudgedStudy> often = new ArrayList<>();
    for (int i = 0; i < once.size(); i++) {
      JudgedStudy study = once.get(i);
      once.set(i, new JudgedStudy("%02d".formatted(i), study.labels(), study.scores()));
      for (int copy = 0; copy < 100; copy++) {
        often.add(once.get(i));
      }
    }

    Interval few = auc(new JudgedSplit(FINDINGS, once));
    Interval many = auc(new JudgedSplit(FINDINGS, often));

    assertThat(many.low()).isEqualTo(few.low(), ROUNDING);
    assertThat(many.high()).isEqualTo(few.high(), ROUNDING);
    assertThat(few.high() - few.low()).isGreaterThan(0.1);
  }

  private static Interval auc(JudgedSplit split) {
    return MEASURE
        .of(split, Map.of())
        .findings()
        .get(0)
        .auc()
        .orElseThrow()
        .interval()
        .orElseThrow();
  }

  /** Where each patient has one study, patients are studies. */
  @Test
  void shouldGiveTheIntervalsOfTheBootstrapOverStudies() {
    List<JudgedStudy> studies = new ArrayList<>();
    for (JudgedStudy study : split(40, 0).studies()) {
      studies.add(
          new JudgedStudy(
              "%02d".formatted(studies.size()),
              new float[] {study.labels()[1]},
              new float[] {study.scores()[1]}));
    }
    JudgedSplit split = new JudgedSplit(List.of("nodule"), studies);

    Interval interval =
        MEASURE.of(split, Map.of()).findings().get(0).auc().orElseThrow().interval().orElseThrow();

    assertThat(interval)
        .isEqualTo(
            new Bootstrap(7, 500, 0.95).interval(split.scores("nodule"), Auc::of).orElseThrow());
  }

  @Test
  void shouldTakeANetworkThatHasBrokenDownForTheWorst() {
    JudgedSplit split =
        new JudgedSplit(
            List.of("edema"),
            List.of(one("a", 1, Float.NaN), one("b", 1, Float.NaN), one("c", 0, Float.NaN)));

    FindingFigures figures = MEASURE.of(split, Map.of("edema", 0.5)).findings().get(0);

    assertThat(figures.auc().orElseThrow().value()).isZero();
    assertThat(figures.atThreshold().orElseThrow().specificity().orElseThrow().value()).isZero();
    assertThat(figures.brier()).isEmpty();
    assertThat(figures.calibrationError()).isEmpty();
  }

  @Test
  void shouldMeasureNothingOfNoStudies() {
    SplitFigures figures = MEASURE.of(new JudgedSplit(FINDINGS, List.of()), THRESHOLDS);

    assertThat(figures.meanAuc()).isEmpty();
    assertThat(figures.findings()).hasSize(3).allMatch(of -> of.auc().isEmpty());
  }

  @Test
  void shouldCompareTwoModelsOnTheSameStudies() {
    JudgedSplit first = split(90, 0);
    JudgedSplit second = split(90, 4);
    FindingsComparison comparison = new FindingsComparison(new Bootstrap(7, 500, 0.95));

    Comparison there = comparison.of(first, second);
    Comparison back = comparison.of(second, first);
    Comparison self = comparison.of(first, first);

    Estimate difference = there.findings().get(0).difference().orElseThrow();
    assertThat(difference.value())
        .isEqualTo(
            Auc.of(first.scores("edema")).orElseThrow()
                - Auc.of(second.scores("edema")).orElseThrow(),
            ROUNDING);
    assertThat(back.findings().get(0).difference().orElseThrow().interval().orElseThrow().low())
        .isEqualTo(-difference.interval().orElseThrow().high(), ROUNDING);
    assertThat(there.findings().get(0).delong().orElseThrow().pValue()).isBetween(0.0, 1.0);
    assertThat(there.findings().get(2).delong()).isEmpty();
    assertThat(self.meanDifference().orElseThrow().value()).isZero();
    assertThat(self.findings().get(1).delong().orElseThrow().pValue()).isEqualTo(1);
  }

  @Test
  void shouldRefuseToCompareOnOtherStudies() {
    FindingsComparison comparison = new FindingsComparison(new Bootstrap(7, 10, 0.95));

    assertThatThrownBy(() -> comparison.of(split(90, 0), split(89, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same studies");
    assertThatThrownBy(() -> new JudgedSplit(List.of("edema"), split(3, 0).studies()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
