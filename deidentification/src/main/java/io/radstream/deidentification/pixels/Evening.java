package io.radstream.deidentification.pixels;

import io.radstream.radiology.image.GrayImage;

/**
 * Takes the soft shades of anatomy out of a picture and leaves what is small: each pixel becomes
 * how much brighter or darker it is than the mean around it, twice that, with gray for none. Faint
 * letters on a ground that changes beneath them are then as bright as each other.
 */
final class Evening {

  private static final int GRAY = 128;
  private static final int GAIN = 2;
  private static final int WHITE = 255;

  private final GrayImage image;
  private final int radius;

  /** Sums of all above and to the left, one row and one column more than the picture. */
  private final long[] sums;

  /**
   * @param radius of the square that is around a pixel, in pixels
   */
  Evening(GrayImage image, int radius) {
    this.image = image;
    this.radius = radius;
    this.sums = sums(image);
  }

  private static long[] sums(GrayImage image) {
    int stride = image.width() + 1;
    long[] sums = new long[stride * (image.height() + 1)];
    for (int y = 0; y < image.height(); y++) {
      long row = 0;
      for (int x = 0; x < image.width(); x++) {
        row += image.at(x, y);
        sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
      }
    }
    return sums;
  }

  GrayImage image() {
    byte[] pixels = new byte[image.pixels().length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        long shade = Math.round(GRAY + GAIN * (image.at(x, y) - mean(x, y)));
        pixels[y * image.width() + x] = (byte) Math.max(0, Math.min(WHITE, shade));
      }
    }
    return new GrayImage(image.width(), image.height(), pixels);
  }

  private double mean(int x, int y) {
    int left = Math.max(0, x - radius);
    int right = Math.min(image.width(), x + radius + 1);
    int top = Math.max(0, y - radius) * (image.width() + 1);
    int bottom = Math.min(image.height(), y + radius + 1) * (image.width() + 1);
    long sum = sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
    int rows = (bottom - top) / (image.width() + 1);
    return sum / ((double) (right - left) * rows);
  }
}
