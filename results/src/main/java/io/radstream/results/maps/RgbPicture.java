package io.radstream.results.maps;

/**
 * A picture in colours.
 *
 * @param pixels red, green and blue of each pixel, row by row from the top left
 */
@SuppressWarnings("ArrayRecordComponent") // sent once, never compared
public record RgbPicture(int width, int height, byte[] pixels) {

  /** Bytes of a pixel. */
  public static final int CHANNELS = 3;

  /**
   * @throws IllegalArgumentException where there are not width × height pixels
   */
  public RgbPicture {
    if (width < 1 || height < 1 || pixels.length != CHANNELS * Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          "%d bytes do not make a picture of %d×%d".formatted(pixels.length, width, height));
    }
  }
}
