package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against scikit-learn 1.9.1 and SciPy 1.17.1: the numbers were printed by
 * benchmarks/reference/evaluation.py, which makes its studies by the same rules.
 */
class ReferenceFiguresTest {

  private static final Offset<Double> ROUNDING = within(1e-12);

  private static final List<Scored> FIRST = first(40);
  private static final List<Scored> SECOND = second(40);

  private static List<Scored> first(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Scored(((i * 37 + 11) % 50 + (present(i) ? 18 : 0)) / 68.0, present(i)))
        .toList();
  }

  private static List<Scored> second(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Scored(((i * 23 + 7) % 20 + (present(i) ? 3 : 0)) / 23.0, present(i)))
        .toList();
  }

  private static boolean present(int study) {
    return study % 3 == 0;
  }

  @Test
  void shouldGiveTheAucOfScikitLearn() {
    assertThat(Auc.of(FIRST).orElseThrow()).isEqualTo(0.7953296703296704, ROUNDING);
    assertThat(Auc.of(SECOND).orElseThrow()).isEqualTo(0.6538461538461539, ROUNDING);
  }

  @Test
  void shouldGiveTheAveragePrecisionOfScikitLearn() {
    assertThat(AveragePrecision.of(FIRST).orElseThrow()).isEqualTo(0.7352750248794707, ROUNDING);
    assertThat(AveragePrecision.of(SECOND).orElseThrow()).isEqualTo(0.5482782208230536, ROUNDING);
  }

  @Test
  void shouldGiveTheBrierScoreOfScikitLearn() {
    assertThat(BrierScore.of(FIRST).orElseThrow()).isEqualTo(0.17798442906574397, ROUNDING);
    assertThat(BrierScore.of(SECOND).orElseThrow()).isEqualTo(0.2391304347826087, ROUNDING);
  }

  @Test
  void shouldGiveTheReliabilityOfScikitLearnInBinsOfEqualWidth() {
    assertReliability(Reliability.equalWidth(FIRST, 5), 0.1294117647058824, 0.3125, 7, 9, 12, 8, 4);
    assertReliability(
        Reliability.equalWidth(SECOND, 5),
        0.16304347826086954,
        0.38164251207729466,
        8,
        10,
        9,
        9,
        4);
  }

  @Test
  void shouldGiveTheReliabilityOfScikitLearnInBinsOfEqualCount() {
    assertReliability(
        Reliability.equalCount(FIRST, 5), 0.11029411764705883, 0.23713235294117652, 8, 8, 8, 8, 8);
    assertReliability(
        Reliability.equalCount(SECOND, 5), 0.1630434782608696, 0.30917874396135275, 8, 10, 6, 9, 7);
  }

  private static void assertReliability(
      Reliability reliability, double expected, double maximum, Integer... counts) {
    assertThat(reliability.expectedError().orElseThrow()).isEqualTo(expected, ROUNDING);
    assertThat(reliability.maximumError().orElseThrow()).isEqualTo(maximum, ROUNDING);
    assertThat(reliability.bins()).extracting(Reliability.Bin::count).containsExactly(counts);
  }

  @Test
  void shouldGiveTheStandardErrorOfThePairsThemselves() {
    DeLong test = DeLong.of(FIRST, SECOND).orElseThrow();

    assertThat(test.first()).isEqualTo(0.7953296703296704, ROUNDING);
    assertThat(test.second()).isEqualTo(0.6538461538461539, ROUNDING);
    assertThat(test.standardError()).isEqualTo(0.1024653035692032, ROUNDING);
    assertThat(test.pValue()).isEqualTo(0.16734218847781357, ROUNDING);
  }

  @Test
  void shouldGiveTheExactPermutationTestOfSciPy() {
    double p = new PairedPermutation(1, 4096).pValue(first(12), second(12), Auc::of).orElseThrow();

    assertThat(p).isEqualTo(0.390625, ROUNDING);
  }

  /** Drawn, and so near it only. */
  @Test
  void shouldComeNearTheExactPermutationTestByDraws() {
    double p = new PairedPermutation(1, 4095).pValue(first(12), second(12), Auc::of).orElseThrow();

    assertThat(p).isEqualTo(0.390625, within(0.03));
  }

  /** SciPy draws otherwise: what is left is the noise of the draws. */
  @Test
  void shouldGiveThePercentileIntervalsOfSciPy() {
    Interval mean =
        new Bootstrap(1, 20_000, 0.9)
            .interval(FIRST, some -> some.stream().mapToDouble(Scored::score).average())
            .orElseThrow();
    Interval auc = new Bootstrap(2, 5_000, 0.95).interval(FIRST, Auc::of).orElseThrow();

    assertThat(mean.low()).isEqualTo(0.39558823529411763, within(0.003));
    assertThat(mean.high()).isEqualTo(0.5253676470588236, within(0.003));
    assertThat(auc.low()).isEqualTo(0.636, within(0.015));
    assertThat(auc.high()).isEqualTo(0.9229400863473445, within(0.015));
  }

  @Test
  void shouldRankAsSciPyDoes() {
    float[][] questions = new float[12][4];
    float[][] answers = new float[12][4];
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 4; j++) {
        questions[i][j] = (i * 7 + j * 5 + i * j) % 11 - 5;
        answers[i][j] = questions[i][j] + 2 * ((i * 3 + j * 4) % 9 - 4);
      }
    }

    Retrieval retrieval = Retrieval.of(questions, answers);

    assertThat(retrieval.recall(1)).isEqualTo(0.3333333333333333, ROUNDING);
    assertThat(retrieval.recall(3)).isEqualTo(0.4166666666666667, ROUNDING);
    assertThat(retrieval.recall(5)).isEqualTo(0.8333333333333334, ROUNDING);
    assertThat(retrieval.medianPlace()).isEqualTo(4.25, ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "0.5, 0.6170750774519738",
    "1.96, 0.04999579029644087",
    "2.9, 0.003731626600768075",
    "3.1, 0.0019352064264367126",
    "5, 5.733031437583866e-07",
    "12, 3.552964224155306e-33"
  })
  void shouldGiveTheNormalDistributionOfSciPy(double z, double expected) {
    assertThat(Normal.twoSided(z)).isEqualTo(expected, within(expected * 1e-12));
  }
}
