package io.radstream.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PatchMapTest {

  @Test
  void shouldHaveAPatchsValueInItsMiddleAndAMeanBetweenTwo() {
    // Given
    PatchMap map = new PatchMap(2, new float[] {0, 1, 0.5f, 0.5f});

    // When
    float[] picture = map.over(4);

    // Then a corner is the patch nearest, and inside it is bilinear
    assertThat(picture[0]).isZero();
    assertThat(picture[3]).isEqualTo(1);
    assertThat(map.at(0.25, 0.25)).isZero();
    assertThat(map.at(0.5, 0.25)).isCloseTo(0.5f, within(1e-6f));
    assertThat(map.at(0.75, 0.5)).isCloseTo(0.75f, within(1e-6f));
  }

  @Test
  void shouldRefuseAMapThatIsNoSquare() {
    assertThatThrownBy(() -> new PatchMap(2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2×2");
  }
}
