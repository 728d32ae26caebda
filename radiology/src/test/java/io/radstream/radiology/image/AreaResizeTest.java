package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AreaResizeTest {

  @Test
  void shouldAverageTheAreaThatAPixelCovers() {
    GrayImage image = new GrayImage(4, 2, new byte[] {0, 100, 10, 10, 100, 0, 30, 30});

    GrayImage half = AreaResize.to(image, 2, 1);

    assertThat(half.pixels()).containsExactly(50, 20);
  }

  @Test
  void shouldWeighPixelsThatAreCoveredInPart() {
    GrayImage image = new GrayImage(3, 1, new byte[] {90, 30, 0});

    GrayImage narrowed = AreaResize.to(image, 2, 1);

    assertThat(narrowed.pixels()).containsExactly(70, 10);
  }

  @Test
  void shouldRepeatPixelsWhenEnlarging() {
    GrayImage image = new GrayImage(2, 1, new byte[] {10, 20});

    assertThat(AreaResize.to(image, 4, 1).pixels()).containsExactly(10, 10, 20, 20);
  }
}
