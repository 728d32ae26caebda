package io.radstream.schemas;

import java.nio.ByteBuffer;

/** The encoded image of a view, out of its record. */
public final class EncodedView {

  private EncodedView() {}

  /**
   * @return not to be written to: where the record holds nothing else in its array, it is that one
   */
  public static byte[] bytes(View view) {
    ByteBuffer pixels = view.getPixels();
    if (pixels.hasArray()
        && pixels.arrayOffset() == 0
        && pixels.remaining() == pixels.array().length) {
      return pixels.array();
    }
    byte[] image = new byte[pixels.remaining()];
    pixels.duplicate().get(image);
    return image;
  }
}
