package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against numbers that {@code benchmarks/reference/preprocess.py} made from the documentation. */
class ModelInputReferenceTest {

  private static final int SIZE = 11;

  @Test
  void shouldShrinkAsTheReferenceDoes() {
    int[][] brightness = {
      {101, 132, 117, 112, 116, 120, 65, 122, 98, 149, 124},
      {171, 127, 134, 132, 132, 192, 125, 122, 185, 114, 145},
      {119, 149, 120, 115, 162, 105, 158, 163, 103, 165, 118},
      {136, 121, 128, 129, 100, 158, 96, 98, 168, 115, 153},
      {134, 130, 102, 139, 120, 74, 159, 164, 93, 153, 128},
      {148, 99, 130, 147, 132, 122, 184, 192, 141, 136, 83},
      {119, 168, 112, 126, 113, 212, 165, 176, 141, 127, 118},
      {127, 113, 126, 142, 132, 169, 190, 204, 107, 160, 104},
      {173, 118, 174, 147, 146, 83, 48, 65, 114, 140, 93},
      {158, 156, 122, 138, 122, 143, 127, 147, 167, 113, 168},
      {125, 140, 106, 126, 116, 134, 143, 166, 149, 111, 170}
    };

    float[] values = new ModelInput(SIZE).center(picture(30, 17));

    assertThat(values).isEqualTo(normalised(brightness));
  }

  @Test
  void shouldEnlargeOneAxisAsTheReferenceDoes() {
    int[][] brightness = {
      {125, 164, 125, 140, 116, 192, 99, 126, 182, 90, 136},
      {127, 144, 124, 128, 94, 171, 113, 118, 155, 107, 155},
      {129, 114, 122, 109, 62, 141, 134, 107, 115, 134, 183},
      {129, 114, 122, 109, 62, 141, 134, 107, 115, 134, 183},
      {164, 84, 95, 151, 76, 85, 143, 133, 118, 119, 166},
      {172, 77, 88, 162, 79, 71, 145, 139, 119, 115, 161},
      {169, 91, 103, 161, 95, 88, 146, 141, 121, 118, 149},
      {158, 149, 164, 157, 161, 156, 149, 147, 129, 129, 101},
      {158, 149, 164, 157, 161, 156, 149, 147, 129, 129, 101},
      {119, 147, 136, 150, 144, 145, 144, 132, 136, 111, 169},
      {93, 145, 118, 146, 134, 138, 141, 123, 140, 98, 214}
    };

    float[] values = new ModelInput(SIZE).center(picture(40, 5));

    assertThat(values).isEqualTo(normalised(brightness));
  }

  private static GrayImage picture(int width, int height) {
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (byte) (x * x * 7 + y * y * 13 + x * y);
      }
    }
    return new GrayImage(width, height, pixels);
  }

  private static float[] normalised(int[][] brightness) {
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (brightness[i / SIZE][i % SIZE] - 127.5f) / 63.75f;
    }
    return values;
  }
}
