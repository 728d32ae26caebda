package io.radstream.model.pretrained;

import java.util.Arrays;

/**
 * Resizes a square of features by bicubic interpolation without smoothing, pixel centres aligned:
 * what PyTorch's {@code interpolate} and with it Hugging Face's ViT do by default, which is not
 * what the engine's binding does.
 *
 * @param from side of the square
 * @param to its new side
 */
record PlaceResize(int from, int to) {

  private static final int TAPS = 4;

  /** Keys' parameter; −0.75 in PyTorch. */
  private static final double A = -0.75;

  /**
   * @param places (from × from) × width
   * @return (to × to) × width
   */
  float[] apply(float[] places, int width) {
    float[] resized = new float[to * to * width];
    double[][] weights = weights();
    double[] sums = new double[width];
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        Arrays.fill(sums, 0);
        for (int row = 0; row < from; row++) {
          for (int column = 0; column < from; column++) {
            double weight = weights[y][row] * weights[x][column];
            for (int i = 0; weight != 0 && i < width; i++) {
              sums[i] += weight * places[(row * from + column) * width + i];
            }
          }
        }
        for (int i = 0; i < width; i++) {
          resized[(y * to + x) * width + i] = (float) sums[i];
        }
      }
    }
    return resized;
  }

  /**
   * to × from: how much an old place counts for a new one; the border counts for what is beyond.
   */
  private double[][] weights() {
    double[][] weights = new double[to][from];
    for (int place = 0; place < to; place++) {
      double centre = (place + 0.5) * from / to - 0.5;
      int first = (int) Math.floor(centre) - 1;
      for (int tap = first; tap < first + TAPS; tap++) {
        int inside = Math.min(Math.max(tap, 0), from - 1);
        weights[place][inside] += cubic(Math.abs(centre - tap));
      }
    }
    return weights;
  }

  /** Keys, 1981, equation 4, for any parameter. */
  private static double cubic(double distance) {
    double d = distance;
    if (d <= 1) {
      return ((A + 2) * d - (A + 3)) * d * d + 1;
    }
    return d < 2 ? ((d - 5) * d + 8) * d * A - 4 * A : 0;
  }
}
