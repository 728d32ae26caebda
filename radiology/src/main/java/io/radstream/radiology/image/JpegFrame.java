package io.radstream.radiology.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The frame header of a JPEG.
 *
 * @param width in pixels
 * @param height in pixels
 * @param components their names
 */
record JpegFrame(int width, int height, List<Integer> components) {

  private static final List<Integer> RGB = List.of((int) 'R', (int) 'G', (int) 'B');

  /** Whether a marker begins a frame, of whatever kind. */
  static boolean begins(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  static JpegFrame read(int marker, byte[] segment) throws UnreadableImageException {
    if (marker >= 0xC9) {
      throw UnreadableImageException.unsupported("a JPEG of arithmetic coding");
    }
    if (marker > 0xC2) {
      throw UnreadableImageException.unsupported("a lossless or hierarchical JPEG");
    }
    ByteBuffer fields = ByteBuffer.wrap(segment);
    int bits = fields.get() & 0xFF;
    int height = Short.toUnsignedInt(fields.getShort());
    int width = Short.toUnsignedInt(fields.getShort());
    int count = fields.get() & 0xFF;
    if (bits != 8) {
      throw UnreadableImageException.unsupported("a JPEG of " + bits + " bits");
    }
    if (width == 0 || height == 0) {
      throw UnreadableImageException.damaged("its JPEG header names no size");
    }
    List<Integer> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      components.add(fields.get() & 0xFF);
      fields.getShort();
    }
    return new JpegFrame(width, height, components);
  }

  /**
   * What the components are, by the rules that the JPEG group's library made common.
   *
   * @param jfif whether the file is JFIF
   * @param adobe transform of the Adobe marker; empty where there is none
   */
  JpegColour colour(boolean jfif, OptionalInt adobe) throws UnreadableImageException {
    return switch (components.size()) {
      case 1 -> JpegColour.GRAY;
      case 3 -> ofThree(jfif, adobe);
      case 4 -> ofFour(adobe);
      default ->
          throw UnreadableImageException.unsupported(
              "a JPEG of " + components.size() + " components");
    };
  }

  private JpegColour ofThree(boolean jfif, OptionalInt adobe) {
    boolean plain = adobe.isPresent() ? adobe.getAsInt() == 0 : components.equals(RGB);
    return !jfif && plain ? JpegColour.RGB : JpegColour.YCC;
  }

  private static JpegColour ofFour(OptionalInt adobe) throws UnreadableImageException {
    return switch (adobe.orElse(-1)) {
      case 0 -> JpegColour.CMYK;
      case 2 -> JpegColour.YCCK;
      default ->
          throw UnreadableImageException.unsupported(
              "a JPEG of four colours whose Adobe marker, if any, does not tell ink from paper;"
                  + " save it as gray or RGB");
    };
  }
}
