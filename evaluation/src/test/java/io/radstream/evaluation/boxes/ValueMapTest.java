package io.radstream.evaluation.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ValueMapTest {

  private static final float[] VALUES = {
    0.9f, 0.6f, 0, 0, 0, 0.6f, 0, 0, 0, 0, 0.7f, 0, 0, 0, 0.5f, 1
  };

  private final ValueMap map = new ValueMap(4, VALUES);

  @Test
  void shouldBoxWhatTouchesSideBySideAndNotByACorner() {
    assertThat(map.above(0.5))
        .extracting(ValueMap.Region::box)
        .containsExactly(
            new Box(0.75, 0.75, 0.25, 0.25),
            new Box(0, 0, 0.5, 0.5),
            new Box(0.5, 0.5, 0.25, 0.25));
  }

  @Test
  void shouldFindNothingAboveTheHighest() {
    assertThat(map.above(1)).isEmpty();
  }

  @Test
  void shouldPointAtTheMiddleOfTheHighest() {
    assertThat(map.peak()).isEqualTo(new ValueMap.Point(0.875, 0.875));
  }

  @Test
  void shouldRefuseAMapThatIsNoSquare() {
    assertThatThrownBy(() -> new ValueMap(2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2×2");
  }
}
