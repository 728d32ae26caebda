package io.radstream.trainer.augment;

import io.radstream.radiology.image.GrayImage;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * What a picture looks like from afar: means of its parts, whatever its brightness and contrast.
 */
public final class Shades {

  /** Of mean 0 and length 1; zeros where all parts are the same. */
  private final double[] values;

  private Shades(double[] values) {
    this.values = values;
  }

  /**
   * @param parts along each side
   */
  public static Shades of(GrayImage image, int parts) {
    byte[] pixels = image.pixels();
    return of(image.width(), image.height(), pixel -> Byte.toUnsignedInt(pixels[pixel]), parts);
  }

  /**
   * @param shade of each pixel, row by row
   * @param parts along each side
   */
  static Shades of(int width, int height, IntToDoubleFunction shade, int parts) {
    double[] means = new double[parts * parts];
    int[] counts = new int[means.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int part = y * parts / height * parts + x * parts / width;
        means[part] += shade.applyAsDouble(y * width + x);
        counts[part]++;
      }
    }
    for (int i = 0; i < means.length; i++) {
      means[i] /= Math.max(1, counts[i]);
    }
    double mean = Arrays.stream(means).average().orElse(0);
    double length = Math.sqrt(Arrays.stream(means).map(v -> (v - mean) * (v - mean)).sum());
    return new Shades(
        Arrays.stream(means).map(v -> length == 0 ? 0 : (v - mean) / length).toArray());
  }

  /** From -1 to 1; 0 where either has one shade only. Of two with as many parts. */
  public double correlation(Shades other) {
    double correlation = 0;
    for (int i = 0; i < values.length; i++) {
      correlation += values[i] * other.values[i];
    }
    return correlation;
  }
}
