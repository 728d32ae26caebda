package io.radstream.trainer.augment;

import io.radstream.radiology.image.GrayImage;
import java.util.stream.IntStream;

/**
 * A straight line across a picture, where one row of a turned picture is read.
 *
 * @param columns of each place, before {@code left} is taken off
 * @param rows of each place, before {@code down} is added
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Slant(double[] columns, double[] rows, double left, double down) {

  /** Looking a number up takes less than turning it into a double. */
  private static final double[] BRIGHTNESS =
      IntStream.range(0, 256).mapToDouble(value -> value).toArray();

  /** Brightness at each place, as {@link Warp#bilinear} tells it, to the bit. */
  void read(GrayImage image, double[] values) {
    byte[] pixels = image.pixels();
    int width = image.width();
    double lastColumn = width - 1.0;
    double lastRow = image.height() - 1.0;
    for (int i = 0; i < values.length; i++) {
      double x = columns[i] - left;
      double y = rows[i] + down;
      if (x >= 0 && y >= 0 && x < lastColumn && y < lastRow) {
        int x0 = (int) x;
        int y0 = (int) y;
        int at = y0 * width + x0;
        double fx = x - x0;
        double fy = y - y0;
        double rest = 1 - fx;
        double upper =
            BRIGHTNESS[pixels[at] & 0xFF] * rest + BRIGHTNESS[pixels[at + 1] & 0xFF] * fx;
        double lower =
            BRIGHTNESS[pixels[at + width] & 0xFF] * rest
                + BRIGHTNESS[pixels[at + width + 1] & 0xFF] * fx;
        values[i] = upper * (1 - fy) + lower * fy;
      } else {
        values[i] = Warp.bilinear(image, x, y);
      }
    }
  }
}
