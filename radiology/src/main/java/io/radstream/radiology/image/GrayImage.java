package io.radstream.radiology.image;

import java.util.Objects;

/**
 * An 8-bit grayscale image, row by row from the top left; 0 is black. The array is shared, not
 * copied: whoever holds the image must not write to it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param pixels width × height values
 */
public record GrayImage(int width, int height, byte[] pixels) {

  public GrayImage {
    Objects.requireNonNull(pixels, "pixels");
    if (width < 1 || height < 1 || pixels.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          "%d pixels do not make a %d×%d image".formatted(pixels.length, width, height));
    }
  }

  /** Brightness at a place, 0 to 255. */
  public int at(int x, int y) {
    return pixels[y * width + x] & 0xFF;
  }

  /** The longer of width and height. */
  public int longestSide() {
    return Math.max(width, height);
  }
}
