package io.radstream.radiology.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A PNG's first chunk.
 *
 * @param width in pixels
 * @param height in pixels
 * @param depth bits of a sample
 */
record PngHeader(int width, int height, int depth, Colour colour) {

  /** Bytes of the chunk. */
  static final int SIZE = 13;

  /** What the samples of a pixel are. */
  enum Colour {
    GRAY(0, 1 | 2 | 4 | 8 | 16),
    RGB(2, 8 | 16),
    PALETTE(3, 1 | 2 | 4 | 8),
    GRAY_ALPHA(4, 8 | 16),
    RGB_ALPHA(6, 8 | 16);

    private final int code;
    private final int depths;

    Colour(int code, int depths) {
      this.code = code;
      this.depths = depths;
    }

    private boolean has(int depth) {
      return Integer.bitCount(depth) == 1 && (depths & depth) != 0;
    }

    boolean hasAlpha() {
      return this == GRAY_ALPHA || this == RGB_ALPHA;
    }

    /** Samples of a pixel that are colour: all but alpha. */
    int channels() {
      return this == RGB || this == RGB_ALPHA ? 3 : 1;
    }
  }

  static PngHeader read(byte[] chunk) throws UnreadableImageException {
    if (chunk.length != SIZE) {
      throw UnreadableImageException.damaged("its PNG header makes no sense");
    }
    ByteBuffer fields = ByteBuffer.wrap(chunk);
    int width = fields.getInt();
    int height = fields.getInt();
    int depth = fields.get();
    int code = fields.get();
    int methods = fields.getShort(); // of compression and filtering: there is one of each
    int interlacing = fields.get();
    Colour colour =
        Arrays.stream(Colour.values())
            .filter(it -> it.code == code && it.has(depth))
            .findFirst()
            .orElseThrow(() -> UnreadableImageException.damaged("there is no PNG of such colours"));
    if (width < 1 || height < 1 || methods != 0 || interlacing < 0 || interlacing > 1) {
      throw UnreadableImageException.damaged("its PNG header makes no sense");
    }
    return new PngHeader(width, height, depth, colour);
  }
}
