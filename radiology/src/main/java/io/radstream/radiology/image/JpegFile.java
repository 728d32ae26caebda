package io.radstream.radiology.image;

import io.radstream.radiology.image.ImageDecoder.Limits;
import java.util.Arrays;

/**
 * What a JPEG file says of its picture.
 *
 * @param plain a JPEG of the same components, to be unpacked as they are: without profiles,
 *     thumbnails, comments, and what would make a reader convert colours
 */
record JpegFile(int width, int height, JpegColour colour, Orientation orientation, byte[] plain) {

  private static final byte[] START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

  /** Whether a file begins as a JPEG does. */
  static boolean signs(byte[] bytes) {
    return bytes.length >= START.length
        && Arrays.equals(bytes, 0, START.length, START, 0, START.length);
  }

  /**
   * @throws UnreadableImageException where the file has no end, the picture is not within the
   *     limits, or it is of a kind that is not read
   */
  static JpegFile read(byte[] bytes, Limits limits) throws UnreadableImageException {
    return new JpegSegments(bytes, limits).file();
  }
}
