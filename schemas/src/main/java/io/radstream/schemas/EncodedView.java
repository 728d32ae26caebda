package io.radstream.schemas;

import java.nio.ByteBuffer;

/** The encoded image of a view, out of its record. */
public final class EncodedView {

  private EncodedView() {}

  /**
   * @return a copy; the record can be read again
   */
  public static byte[] bytes(View view) {
    ByteBuffer pixels = view.getPixels().duplicate();
    byte[] image = new byte[pixels.remaining()];
    pixels.get(image);
    return image;
  }
}
