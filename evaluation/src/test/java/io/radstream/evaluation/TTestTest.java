package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are SciPy's: stats.ttest_ind, stats.ttest_rel, 2 * stats.t.sf. */
class TTestTest {

  private static final double[] FIRST = {0.7671, 0.7705, 0.7649};
  private static final double[] SECOND = {0.7552, 0.7601, 0.7587};

  @Test
  void shouldGiveTheTestOfTwoSamplesOfSciPy() {
    TTest test = TTest.independent(FIRST, SECOND).orElseThrow();

    assertThat(test.freedom()).isEqualTo(4);
    assertThat(test.difference()).isCloseTo(0.0095, within(1e-12));
    assertThat(test.t()).isCloseTo(4.346714715811922, within(1e-9));
    assertThat(test.pValue()).isCloseTo(0.012188475703997852, within(1e-12));
  }

  @Test
  void shouldGiveTheTestOfPairsOfSciPy() {
    TTest test = TTest.paired(FIRST, SECOND).orElseThrow();

    assertThat(test.freedom()).isEqualTo(2);
    assertThat(test.t()).isCloseTo(5.568998626725186, within(1e-9));
    assertThat(test.pValue()).isCloseTo(0.030763613188553363, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0.4, 1.8, 0.32282893443419053",
    "3, -1.5, -0.8660254037844387, 0.47776703213290644",
    "4, 1.0, 3.6556307750696546, 0.03535284700251737",
    "5, 0.2, 2.6726124191242437, 0.055654477559742524",
    "10, -0.7, 0.7223151185146153, 0.488443199736301",
    "31, -0.6, 2.44911286921486, 0.020379066234077068"
  })
  void shouldGiveTheDistributionOfSciPy(int pairs, double shift, double t, double p) {
    double[] first = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      first[i] = shift + i % 3;
    }

    TTest test = TTest.paired(first, new double[pairs]).orElseThrow();

    assertThat(test.t()).isCloseTo(t, within(1e-9));
    assertThat(test.pValue()).isCloseTo(p, within(1e-13));
  }

  @Test
  void shouldNotTestWhatDoesNotVary() {
    assertThat(TTest.independent(new double[] {1, 1}, new double[] {0, 0})).isEmpty();
    assertThat(TTest.paired(new double[] {3, 2}, new double[] {1, 0})).isEmpty();
  }

  @Test
  void shouldNotTestTooFew() {
    assertThat(TTest.independent(new double[] {1}, new double[] {0})).isEmpty();
    assertThat(TTest.independent(new double[] {1, 2, 3}, new double[0])).isEmpty();
    assertThat(TTest.paired(new double[] {1}, new double[] {0})).isEmpty();
    assertThatThrownBy(() -> TTest.paired(FIRST, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 and 1 values are no pairs");
  }
}
