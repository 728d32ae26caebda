package io.radstream.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.experiments.plan.Comparison.Test;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published tables of Student's t, and worked examples. */
class StatisticsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 12.7062047364, 0.05",
    "2, 4.30265272991, 0.05",
    "3, 3.18244630528, 0.05",
    "4, 2.7764451052, 0.05",
    "5, 4.03214298356, 0.01",
    "9, 2.26215716274, 0.05",
    "10, 2.22813885196, 0.05",
    "30, 3.64595863504, 0.001",
    "4, 0, 1",
  })
  void shouldGiveTheTailsOfStudentsT(int freedom, double t, double p) {
    assertThat(StudentT.twoSided(t, freedom)).isCloseTo(p, within(1e-9));
    assertThat(StudentT.twoSided(-t, freedom)).isCloseTo(p, within(1e-9));
  }

  /** Means 2 and 5, both variances 1: t = -3 / sqrt(2/3) with 4 degrees of freedom. */
  @org.junit.jupiter.api.Test
  void shouldTestTwoSamples() {
    assertThat(
            RepeatsTest.of(Test.INDEPENDENT, List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0))
                .orElseThrow())
        .isCloseTo(StudentT.twoSided(3 / Math.sqrt(2 / 3.0), 4), within(1e-12));
  }

  /** Differences 1, 2 and 3: t = 2 / (1/sqrt(3)) with 2 degrees of freedom. */
  @org.junit.jupiter.api.Test
  void shouldTestPairs() {
    assertThat(
            RepeatsTest.of(Test.PAIRED, List.of(5.0, 7.0, 9.0), List.of(4.0, 5.0, 6.0))
                .orElseThrow())
        .isCloseTo(StudentT.twoSided(2 * Math.sqrt(3), 2), within(1e-12));
  }

  @org.junit.jupiter.api.Test
  void shouldGiveNoValueWhereNothingVariesOrTooLittleIsThere() {
    assertThat(RepeatsTest.of(Test.INDEPENDENT, List.of(1.0), List.of(2.0, 3.0))).isEmpty();
    assertThat(RepeatsTest.of(Test.INDEPENDENT, List.of(1.0, 1.0), List.of(2.0, 2.0))).isEmpty();
    assertThat(RepeatsTest.of(Test.PAIRED, List.of(1.0, 2.0, 3.0), List.of(2.0, 3.0))).isEmpty();
  }
}
