package io.radstream.producers.dicom.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What JPEG, JPEG-LS and JPEG 2000 pictures carry that is no part of the picture: comments, and
 * what applications write for themselves, as a camera's data. It is made blank where it stands, so
 * that nothing moves.
 */
public final class CodestreamComments {

  private static final int JPEG_START = 0xFFD8;
  private static final int SCAN_START = 0xDA;
  private static final int COMMENT = 0xFE;
  private static final int JPEG_2000_START = 0xFF4F;
  private static final int JPEG_2000_TILE = 0xFF90;
  private static final int JPEG_2000_COMMENT = 0xFF64;
  private static final byte BLANK = ' ';

  /** A comment of JPEG 2000 says first what letters it is in. */
  private static final int LETTERS = 2;

  private CodestreamComments() {}

  /**
   * @param piece of compressed pixel data
   * @return the same where it does not begin as such a picture, or has nothing of the kind
   */
  public static ByteBuffer blank(ByteBuffer piece) {
    ByteBuffer bytes = piece.slice();
    if (bytes.limit() < 2 * Short.BYTES) {
      return piece;
    }
    return switch (Short.toUnsignedInt(bytes.getShort(0))) {
      case JPEG_START -> jpeg(bytes);
      case JPEG_2000_START -> jpeg2000(bytes);
      default -> piece;
    };
  }

  private static ByteBuffer jpeg(ByteBuffer bytes) {
    byte[] clean = copy(bytes);
    int position = Short.BYTES;
    while (position + 4 <= clean.length && (clean[position] & 0xFF) == 0xFF) {
      int marker = clean[position + 1] & 0xFF;
      if (marker == SCAN_START) {
        break;
      }
      if (marker == 0xFF) {
        position++;
        continue;
      }
      int end = position + 2 + Short.toUnsignedInt(bytes.getShort(position + 2));
      if (marker == COMMENT || isPrivate(marker)) {
        fill(clean, position + 4, end);
      }
      position = Math.max(position + 4, end);
    }
    return ByteBuffer.wrap(clean);
  }

  /** Of the application markers three say how colours are to be read: 0, 8 and 14. */
  private static boolean isPrivate(int marker) {
    return marker >= 0xE0 && marker <= 0xEF && marker != 0xE0 && marker != 0xE8 && marker != 0xEE;
  }

  private static ByteBuffer jpeg2000(ByteBuffer bytes) {
    byte[] clean = copy(bytes);
    int position = Short.BYTES;
    while (position + 4 <= clean.length) {
      int marker = Short.toUnsignedInt(bytes.getShort(position));
      if (marker == JPEG_2000_TILE || marker >>> Byte.SIZE != 0xFF) {
        break;
      }
      int end = position + 2 + Short.toUnsignedInt(bytes.getShort(position + 2));
      if (marker == JPEG_2000_COMMENT) {
        fill(clean, position + 4 + LETTERS, end);
      }
      position = Math.max(position + 4, end);
    }
    return ByteBuffer.wrap(clean);
  }

  private static void fill(byte[] bytes, int from, int to) {
    int end = Math.min(to, bytes.length);
    if (from < end) {
      Arrays.fill(bytes, from, end, BLANK);
    }
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
