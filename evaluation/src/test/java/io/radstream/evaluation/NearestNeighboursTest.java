package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNeighboursTest {

  private static final float[] RIGHT = {1, 0};
  private static final float[] UP = {0, 1};
  private static final float[] LEFT = {-1, 0};
  private static final float[] BETWEEN = {0.6f, 0.8f};

  @Test
  void shouldTellTheDistanceToTheKthNearest() {
    float[][] bank = {RIGHT, UP, LEFT};

    assertThat(new NearestNeighbours(bank, 1).distance(BETWEEN)).isCloseTo(0.2, within(1e-6));
    assertThat(new NearestNeighbours(bank, 2).distance(BETWEEN)).isCloseTo(0.4, within(1e-6));
    assertThat(new NearestNeighbours(bank, 3).distance(BETWEEN)).isCloseTo(1.6, within(1e-6));
  }

  @Test
  void shouldCountEqualNeighboursEach() {
    float[][] bank = {RIGHT, RIGHT, LEFT};

    assertThat(new NearestNeighbours(bank, 2).distance(RIGHT)).isZero();
  }

  @Test
  void shouldTellWhichDistanceMostDoNotExceed() {
    NearestNeighbours known = new NearestNeighbours(new float[][] {RIGHT, UP}, 1);

    List<List<float[]>> typical = List.of(List.of(RIGHT), List.of(RIGHT, UP), List.of(UP, LEFT));
    assertThat(known.quantile(typical, 0.5)).isZero();
    assertThat(known.quantile(typical, 1)).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhatIsNoBank() {
    float[][] longer = {RIGHT, {1, 0, 0}};
    float[][] noUnit = {RIGHT, {2, 0}};
    float[][] numberless = {RIGHT, {Float.NaN, 0}};

    assertThatThrownBy(() -> new NearestNeighbours(longer, 1)).hasMessageContaining("unit vector");
    assertThatThrownBy(() -> new NearestNeighbours(noUnit, 1)).hasMessageContaining("unit vector");
    assertThatThrownBy(() -> new NearestNeighbours(numberless, 1))
        .hasMessageContaining("unit vector");
    assertThatThrownBy(() -> new NearestNeighbours(new float[][] {RIGHT}, 2))
        .hasMessageContaining("not 2");
  }
}
