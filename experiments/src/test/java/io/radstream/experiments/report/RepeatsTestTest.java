package io.radstream.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.experiments.plan.Comparison;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which test is taken, and where there is nothing to test. */
class RepeatsTestTest {

  /** Means 2 and 5, variances 1: t = -3.674 with 4 degrees of freedom. */
  @Test
  void shouldTestTwoSamples() {
    assertThat(
            RepeatsTest.of(
                    Comparison.Test.INDEPENDENT, List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0))
                .orElseThrow())
        .isCloseTo(0.0213117, within(1e-6));
  }

  /** Differences 1, 2 and 3: t = 3.464 with 2 degrees of freedom, p = 1 - t / sqrt(t² + 2). */
  @Test
  void shouldTestPairs() {
    assertThat(
            RepeatsTest.of(Comparison.Test.PAIRED, List.of(5.0, 7.0, 9.0), List.of(4.0, 5.0, 6.0))
                .orElseThrow())
        .isCloseTo(1 - Math.sqrt(12.0 / 14), within(1e-12));
  }

  @Test
  void shouldGiveNoValueWhereTooLittleIsThere() {
    assertThat(RepeatsTest.of(Comparison.Test.INDEPENDENT, List.of(1.0), List.of(2.0, 3.0)))
        .isEmpty();
    assertThat(RepeatsTest.of(Comparison.Test.INDEPENDENT, List.of(1.0, 1.0), List.of(2.0, 2.0)))
        .isEmpty();
    assertThat(RepeatsTest.of(Comparison.Test.PAIRED, List.of(1.0, 2.0, 3.0), List.of(2.0, 3.0)))
        .isEmpty();
  }
}
