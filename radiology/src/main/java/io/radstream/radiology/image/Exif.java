package io.radstream.radiology.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What EXIF says of a picture's orientation. EXIF that makes no sense says nothing. */
final class Exif {

  private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 8;
  private static final int ENTRY = 12;
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;

  private Exif() {}

  /** Whether a JPEG's segment holds EXIF. */
  static boolean signs(byte[] segment) {
    return segment.length >= PREFIX.length
        && Arrays.equals(segment, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
  }

  /**
   * @param bytes a TIFF header and its first directory, behind EXIF's prefix or without it
   */
  static Orientation orientation(byte[] bytes) {
    int start = signs(bytes) ? PREFIX.length : 0;
    ByteBuffer tiff = ByteBuffer.wrap(bytes, start, bytes.length - start).slice();
    return order(tiff).map(order -> orientation(tiff.order(order))).orElse(Orientation.UPRIGHT);
  }

  private static Optional<ByteOrder> order(ByteBuffer tiff) {
    if (tiff.remaining() < HEADER) {
      return Optional.empty();
    }
    return switch (tiff.getInt(0)) {
      case 0x49492A00 -> Optional.of(ByteOrder.LITTLE_ENDIAN);
      case 0x4D4D002A -> Optional.of(ByteOrder.BIG_ENDIAN);
      default -> Optional.empty();
    };
  }

  private static Orientation orientation(ByteBuffer tiff) {
    int directory = tiff.getInt(4);
    if (directory < HEADER || directory > tiff.limit() - Short.BYTES) {
      return Orientation.UPRIGHT;
    }
    int entries = Short.toUnsignedInt(tiff.getShort(directory));
    int first = directory + Short.BYTES;
    for (int i = 0; i < entries && first + (i + 1) * ENTRY <= tiff.limit(); i++) {
      int entry = first + i * ENTRY;
      if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION) {
        return tiff.getShort(entry + 2) == SHORT
            ? Orientation.of(Short.toUnsignedInt(tiff.getShort(entry + 8)))
            : Orientation.UPRIGHT;
      }
    }
    return Orientation.UPRIGHT;
  }
}
