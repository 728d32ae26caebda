package io.radstream.cli.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {

  @Test
  void shouldCompareOrdersAlone() {
    float[] values = {0.1f, 0.9f, 0.4f, 0.2f};

    assertThat(RankCorrelation.of(values, new float[] {1, 100, 3, 2})).isEqualTo(1, within(1e-12));
    assertThat(RankCorrelation.of(values, new float[] {4, 1, 2, 3})).isEqualTo(-1, within(1e-12));
    assertThat(RankCorrelation.of(values, new float[] {7, 7, 7, 7})).isZero();
  }

  @Test
  void shouldShareRanksAmongEqualValues() {
    // By hand: ranks 0.5 0.5 2 and 0 1 2.
    assertThat(RankCorrelation.of(new float[] {1, 1, 2}, new float[] {1, 2, 3}))
        .isEqualTo(1.5 / Math.sqrt(1.5 * 2), within(1e-12));
  }
}
