package io.radstream.producers.dicom.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The size that a JPEG, JPEG-LS or JPEG 2000 picture itself claims. Read before a native codec sees
 * it: a small picture that claims to be huge must not cost memory.
 */
final class CodestreamHeader {

  private static final int JPEG_START = 0xFFD8;
  private static final int SCAN_START = 0xDA;
  private static final int JPEG_LS_FRAME = 0xF7;
  private static final int JPEG_2000_START = 0xFF4F_FF51;

  /** JPEG 2000 may stand in a file of boxes; the picture is not far behind their beginning. */
  private static final int MOST_BOXES = 4096;

  private CodestreamHeader() {}

  static Optional<Shape> read(byte[] codestream) {
    ByteBuffer bytes = ByteBuffer.wrap(codestream);
    if (codestream.length > 4 && unsignedShort(bytes, 0) == JPEG_START) {
      return jpeg(bytes);
    }
    for (int i = 0; i + 42 <= codestream.length && i < MOST_BOXES; i++) {
      if (bytes.getInt(i) == JPEG_2000_START) {
        return jpeg2000(bytes, i + 4);
      }
    }
    return Optional.empty();
  }

  private static Optional<Shape> jpeg(ByteBuffer bytes) {
    int position = 2;
    while (position + 10 <= bytes.limit()) {
      if ((bytes.get(position) & 0xFF) != 0xFF) {
        return Optional.empty();
      }
      int marker = bytes.get(position + 1) & 0xFF;
      if (marker == 0xFF) {
        position++;
      } else if (isFrame(marker)) {
        int height = unsignedShort(bytes, position + 5);
        int width = unsignedShort(bytes, position + 7);
        return Optional.of(new Shape(width, height, bytes.get(position + 9) & 0xFF));
      } else if (marker == SCAN_START) {
        return Optional.empty();
      } else {
        position += 2 + Math.max(2, unsignedShort(bytes, position + 2));
      }
    }
    return Optional.empty();
  }

  /** C0 to CF, but for tables (C4, CC) and a reserved one (C8). */
  private static boolean isFrame(int marker) {
    boolean table = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
    return marker == JPEG_LS_FRAME || (marker >= 0xC0 && marker <= 0xCF && !table);
  }

  private static Optional<Shape> jpeg2000(ByteBuffer bytes, int segment) {
    long width = offsetSize(bytes, segment + 4, segment + 12);
    long height = offsetSize(bytes, segment + 8, segment + 16);
    boolean usable = width > 0 && width < 0xFFFF && height > 0 && height < 0xFFFF;
    return usable
        ? Optional.of(new Shape((int) width, (int) height, unsignedShort(bytes, segment + 36)))
        : Optional.empty();
  }

  private static long offsetSize(ByteBuffer bytes, int end, int start) {
    return Integer.toUnsignedLong(bytes.getInt(end)) - Integer.toUnsignedLong(bytes.getInt(start));
  }

  private static int unsignedShort(ByteBuffer bytes, int position) {
    return Short.toUnsignedInt(bytes.getShort(position));
  }
}
