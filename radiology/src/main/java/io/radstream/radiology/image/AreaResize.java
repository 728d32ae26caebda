package io.radstream.radiology.image;

/**
 * Resizing with an area filter: every target pixel is the mean of the source area it covers, so
 * that shrinking a large radiograph neither aliases nor loses thin lines. Enlarging repeats pixels.
 */
public final class AreaResize {

  private AreaResize() {}

  /** Shrinks so that the longest side has at most {@code side} pixels; never enlarges. */
  public static GrayImage toLongestSide(GrayImage image, int side) {
    if (image.longestSide() <= side) {
      return image;
    }
    double scale = (double) side / image.longestSide();
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    return to(image, width, height);
  }

  /** Resizes to exactly these sides, each axis by its own factor. */
  public static GrayImage to(GrayImage image, int width, int height) {
    if (image.width() == width && image.height() == height) {
      return image;
    }
    float[] narrowed = resizeRows(image, width);
    return resizeColumns(narrowed, width, image.height(), height);
  }

  private static float[] resizeRows(GrayImage image, int width) {
    float[] result = new float[width * image.height()];
    double step = (double) image.width() / width;
    for (int x = 0; x < width; x++) {
      Span span = Span.of(x, step, image.width());
      for (int y = 0; y < image.height(); y++) {
        double sum = 0;
        for (int i = span.first(); i <= span.last(); i++) {
          sum += span.weight(i) * image.at(i, y);
        }
        result[y * width + x] = (float) (sum / step);
      }
    }
    return result;
  }

  private static GrayImage resizeColumns(float[] rows, int width, int from, int height) {
    byte[] result = new byte[width * height];
    double step = (double) from / height;
    for (int y = 0; y < height; y++) {
      Span span = Span.of(y, step, from);
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = span.first(); i <= span.last(); i++) {
          sum += span.weight(i) * rows[i * width + x];
        }
        result[y * width + x] = (byte) Math.min(255, Math.round(sum / step));
      }
    }
    return new GrayImage(width, height, result);
  }

  /** The source interval [start, end) of one target pixel. */
  private record Span(double start, double end, int first, int last) {

    static Span of(int target, double step, int size) {
      double start = target * step;
      double end = Math.min(size, start + step);
      return new Span(start, end, (int) start, Math.min(size - 1, (int) Math.ceil(end) - 1));
    }

    double weight(int pixel) {
      return Math.min(end, pixel + 1.0) - Math.max(start, pixel);
    }
  }
}
