package io.radstream.radiology.image;

import java.util.Arrays;

/**
 * Resizing with an area filter: every target pixel is the mean of the source area it covers, so
 * that shrinking a large radiograph neither aliases nor loses thin lines. Enlarging repeats pixels.
 */
public final class AreaResize {

  private AreaResize() {}

  /** Resizes to exactly these sides, each axis by its own factor. */
  public static GrayImage to(GrayImage image, int width, int height) {
    if (image.width() == width && image.height() == height) {
      return image;
    }
    float[] narrowed = resizeRows(image, Areas.of(image.width(), width));
    return resizeColumns(narrowed, width, Areas.of(image.height(), height));
  }

  /** Row by row, as the pixels lie in memory. */
  private static float[] resizeRows(GrayImage image, Areas areas) {
    int width = areas.size();
    byte[] pixels = image.pixels();
    float[] result = new float[width * image.height()];
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width();
      for (int x = 0; x < width; x++) {
        int first = row + areas.first()[x];
        double[] weights = areas.weights()[x];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
          sum += weights[i] * (pixels[first + i] & 0xFF);
        }
        result[y * width + x] = (float) (sum / areas.step());
      }
    }
    return result;
  }

  private static GrayImage resizeColumns(float[] rows, int width, Areas areas) {
    byte[] result = new byte[width * areas.size()];
    double[] sums = new double[width];
    for (int y = 0; y < areas.size(); y++) {
      Arrays.fill(sums, 0);
      double[] weights = areas.weights()[y];
      for (int i = 0; i < weights.length; i++) {
        int row = (areas.first()[y] + i) * width;
        for (int x = 0; x < width; x++) {
          sums[x] += weights[i] * rows[row + x];
        }
      }
      for (int x = 0; x < width; x++) {
        result[y * width + x] = (byte) Math.min(255, Math.round(sums[x] / areas.step()));
      }
    }
    return new GrayImage(width, areas.size(), result);
  }

  /**
   * The source area of each target pixel, along one axis.
   *
   * @param step source pixels for one target pixel
   * @param first source pixel of each
   * @param weights how much of that one and of those behind it is covered, from 0 to 1
   */
  private record Areas(double step, int[] first, double[][] weights) {

    static Areas of(int from, int to) {
      double step = (double) from / to;
      int[] first = new int[to];
      double[][] weights = new double[to][];
      for (int target = 0; target < to; target++) {
        double start = target * step;
        double end = Math.min(from, start + step);
        first[target] = (int) start;
        int last = Math.min(from - 1, (int) Math.ceil(end) - 1);
        weights[target] = new double[last - first[target] + 1];
        for (int i = 0; i < weights[target].length; i++) {
          int pixel = first[target] + i;
          weights[target][i] = Math.min(end, pixel + 1.0) - Math.max(start, pixel);
        }
      }
      return new Areas(step, first, weights);
    }

    int size() {
      return first.length;
    }
  }
}
