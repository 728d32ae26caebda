package io.radstream.trainer.augment;

import io.radstream.radiology.image.GrayImage;
import java.util.List;

/**
 * Of all pixels of some pictures together, from 0 for black to 1 for white.
 *
 * @param brightness their mean
 * @param contrast their standard deviation
 */
public record Intensity(double brightness, double contrast) {

  private static final double WHITE = 255;

  /**
   * @param images at least one
   */
  public static Intensity of(List<GrayImage> images) {
    long[] histogram = new long[256];
    for (GrayImage image : images) {
      for (byte pixel : image.pixels()) {
        histogram[Byte.toUnsignedInt(pixel)]++;
      }
    }
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int value = 0; value < histogram.length; value++) {
      count += histogram[value];
      sum += histogram[value] * (value / WHITE);
      squares += histogram[value] * (value / WHITE) * (value / WHITE);
    }
    double mean = sum / count;
    return new Intensity(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
  }
}
