package io.radstream.deidentification.pixels;

import io.radstream.radiology.image.GrayImage;
import java.util.Arrays;
import java.util.List;

/** Makes parts of a picture black. */
final class Blanking {

  private Blanking() {}

  static GrayImage of(GrayImage image, List<Region> regions) {
    byte[] pixels = image.pixels().clone();
    for (Region region : regions) {
      int left = clamp(region.x(), image.width());
      int right = clamp(region.right(), image.width());
      for (int y = clamp(region.y(), image.height());
          y < clamp(region.bottom(), image.height());
          y++) {
        Arrays.fill(pixels, y * image.width() + left, y * image.width() + right, (byte) 0);
      }
    }
    return new GrayImage(image.width(), image.height(), pixels);
  }

  private static int clamp(int place, int size) {
    return Math.max(0, Math.min(size, place));
  }
}
