package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Shares, ranks and their correction. References: exact integers, and SciPy 1. */
class ChanceTest {

  @Test
  void shouldTellHowUnlikelyAShareIs() {
    // Fisher's lady tasting tea: 17/70.
    assertThat(ExactShare.atLeast(3, 4, 4, 8)).isCloseTo(17 / 70.0, within(1e-14));
    assertThat(ExactShare.atLeast(30, 40, 60, 200))
        .isCloseTo(3.5695560034768604e-11, within(1e-22));
    assertThat(ExactShare.atLeast(0, 4, 4, 8)).isCloseTo(1, within(1e-14));
    assertThat(ExactShare.atLeast(2, 3, 3, 4)).isCloseTo(1, within(1e-14));
    assertThatThrownBy(() -> ExactShare.atLeast(5, 4, 6, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldCompareGroupsByRank() {
    RankSum sum = RankSum.of(new double[] {1, 2, 3, 4, 9, 9}, new double[] {2, 5, 6, 7, 8, 9, 10});

    assertThat(sum.superiority()).isEqualTo(13.5 / 42);
    assertThat(sum.pValue()).isCloseTo(0.3139637483729447, within(1e-13));
  }

  @Test
  void shouldSeeNoDifferenceAmongEqualNumbers() {
    assertThat(RankSum.of(new double[] {2, 2}, new double[] {2, 2, 2}))
        .isEqualTo(new RankSum(0.5, 1));
    assertThatThrownBy(() -> RankSum.of(new double[] {Double.NaN}, new double[] {2}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldCorrectForHowManyThereAre() {
    assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    assertThat(Holm.adjust(0.9, 0.8)).containsExactly(1, 1);
    assertThat(Holm.adjust()).isEmpty();
  }
}
