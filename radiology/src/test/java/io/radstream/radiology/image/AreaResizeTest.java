package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
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

  /** Digests of batches hang on each bit. */
  @Test
  void shouldSumUpInTheOrderOfThePixels() {
    for (int[] sides :
        new int[][] {
          {512, 512, 256, 256},
          {417, 512, 256, 256},
          {512, 417, 256, 256},
          {1700, 1333, 256, 256},
          {97, 61, 96, 60},
          {33, 47, 64, 64},
          {5, 3, 2, 2},
          {1, 1, 3, 2}
        }) {
      GrayImage image = noise(sides[0], sides[1]);

      GrayImage resized = AreaResize.to(image, sides[2], sides[3]);

      assertThat(resized.pixels()).isEqualTo(means(image, sides[2], sides[3]));
    }
  }

  private static GrayImage noise(int width, int height) {
    byte[] pixels = new byte[width * height];
    CounterRandom.of(1, "noise").nextBytes(pixels);
    return new GrayImage(width, height, pixels);
  }

  /** Across in floats, then down, each in double precision and from its first pixel on. */
  private static byte[] means(GrayImage image, int width, int height) {
    byte[] means = new byte[width * height];
    double down = (double) image.height() / height;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        int first = (int) (y * down);
        for (int row = first; row < image.height() && row < first + down + 2; row++) {
          double covered = covered(y, down, row, image.height());
          sum += covered > 0 ? covered * across(image, row, x, width) : 0;
        }
        means[y * width + x] = (byte) Math.min(255, Math.round(sum / down));
      }
    }
    return means;
  }

  private static float across(GrayImage image, int row, int x, int width) {
    double step = (double) image.width() / width;
    double sum = 0;
    int first = (int) (x * step);
    for (int column = first; column < image.width() && column < first + step + 2; column++) {
      double covered = covered(x, step, column, image.width());
      sum += covered > 0 ? covered * image.at(column, row) : 0;
    }
    return (float) (sum / step);
  }

  private static double covered(int target, double step, int pixel, int size) {
    double start = target * step;
    return Math.min(Math.min(size, start + step), pixel + 1.0) - Math.max(start, pixel);
  }
}
