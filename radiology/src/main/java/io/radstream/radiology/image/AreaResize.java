package io.radstream.radiology.image;

import java.util.Arrays;

/**
 * Resizing with an area filter: every target pixel is the mean of the source area it covers, so
 * that shrinking a large radiograph neither aliases nor loses thin lines. Enlarging repeats pixels.
 */
public final class AreaResize {

  private final GrayImage image;
  private final Areas across;
  private final Areas down;

  /** The source row that was narrowed last, each value rounded to a float; and which it is. */
  private final double[] narrowed;

  private int row = -1;

  private AreaResize(GrayImage image, int width, int height) {
    this.image = image;
    this.across = Areas.of(image.width(), width);
    this.down = Areas.of(image.height(), height);
    this.narrowed = new double[width];
  }

  /** Resizes to exactly these sides, each axis by its own factor. */
  public static GrayImage to(GrayImage image, int width, int height) {
    if (image.width() == width && image.height() == height) {
      return image;
    }
    return new AreaResize(image, width, height).resized();
  }

  private GrayImage resized() {
    int width = across.size();
    byte[] result = new byte[width * down.size()];
    double[] sums = new double[width];
    for (int y = 0; y < down.size(); y++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < down.covered(); i++) {
        narrow(down.first()[y] + i);
        add(down.weights()[i][y], narrowed, sums);
      }
      round(sums, down.step(), result, y * width);
    }
    return new GrayImage(width, down.size(), result);
  }

  private static void add(double weight, double[] values, double[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += weight * values[x];
    }
  }

  private static void round(double[] sums, double step, byte[] result, int from) {
    for (int x = 0; x < sums.length; x++) {
      double mean = sums[x] / step;
      // As Math.round, which takes longer: 0.5 added to the number below 0.5 would be 1.
      result[from + x] = (byte) (mean < 0.5 ? 0 : Math.min(255, (int) (mean + 0.5)));
    }
  }

  /** The last one of a target row is often the first one of the next. */
  private void narrow(int source) {
    if (source != row) {
      row = source;
      across.means(image.pixels(), source * image.width(), narrowed);
    }
  }
}
