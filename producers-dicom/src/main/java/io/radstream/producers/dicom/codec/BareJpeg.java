package io.radstream.producers.dicom.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One JPEG or JPEG-LS picture, segment by segment (ISO 10918-1 annex B, ISO 14495-1 annex C). */
final class BareJpeg {

  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int QUANTISATION = 0xDB;
  private static final int HUFFMAN = 0xC4;
  private static final int LINES = 0xDC;
  private static final int RESTARTS = 0xDD;
  private static final int COMMENT = 0xFE;
  private static final int FIRST_APPLICATION = 0xE0;
  private static final int LAST_APPLICATION = 0xEF;
  private static final int FILL = 0xFF;
  private static final int JPEG_LS_FRAME = 0xF7;
  private static final int JPEG_LS_PARAMETERS = 0xF8;
  private static final int NOT_UNDERSTOOD = -1;

  /** Bytes of the lengths of a Huffman table's codes, behind its number. */
  private static final int CODE_LENGTHS = 16;

  private final byte[] bytes;
  private final ByteArrayOutputStream bare;
  private boolean jpegLs;

  BareJpeg(byte[] bytes) {
    this.bytes = bytes;
    this.bare = new ByteArrayOutputStream(bytes.length);
  }

  Optional<byte[]> read() {
    marker(START);
    int at = Short.BYTES;
    while (at != NOT_UNDERSTOOD && at + Short.BYTES <= bytes.length && number(at) == FILL) {
      int marker = number(at + 1);
      if (marker == END) {
        marker(END);
        return Optional.of(bare.toByteArray());
      }
      at = marker == FILL ? at + 1 : segment(marker, at + Short.BYTES);
    }
    return Optional.empty();
  }

  /**
   * @return where the next one begins
   */
  private int segment(int marker, int at) {
    int size = at + Short.BYTES <= bytes.length ? shortAt(at) : 0;
    int content = at + Short.BYTES;
    int end = at + size;
    if (size < Short.BYTES || end > bytes.length) {
      return NOT_UNDERSTOOD;
    }
    if (marker == COMMENT) {
      return end;
    }
    if (marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION) {
      application(marker, content, end);
      return end;
    }
    if (!isWhole(marker, content, end)) {
      return NOT_UNDERSTOOD;
    }
    jpegLs |= marker == JPEG_LS_FRAME;
    marker(marker);
    bare.write(bytes, at, size);
    return marker == SCAN ? scan(end) : end;
  }

  /** Whether it is as long as its content, and no longer. */
  private boolean isWhole(int marker, int content, int end) {
    int size = end - content;
    return switch (marker) {
      case 0xC0, 0xC1, 0xC2, 0xC3, JPEG_LS_FRAME -> size > 5 && size == 6 + 3 * number(content + 5);
      case SCAN -> size > 0 && size == 4 + 2 * number(content);
      case QUANTISATION -> tables(marker, content, end) == end;
      case HUFFMAN -> tables(marker, content, end) == end;
      case RESTARTS, LINES -> size == Short.BYTES;
      case JPEG_LS_PARAMETERS -> size == 11 && number(content) == 1;
      default -> false;
    };
  }

  /** Where the last table ends. */
  private int tables(int marker, int content, int end) {
    int at = content;
    while (at < end) {
      at += marker == QUANTISATION ? quantisation(at) : huffman(at, end);
    }
    return at;
  }

  private int quantisation(int at) {
    return number(at) >> 4 == 0 ? 1 + 64 : 1 + 128;
  }

  private int huffman(int at, int end) {
    int size = 1 + CODE_LENGTHS;
    for (int i = at + 1; i <= at + CODE_LENGTHS && i < end; i++) {
      size += number(i);
    }
    return size;
  }

  /** Three say how colours are to be read, and of these only that stays. */
  private void application(int marker, int content, int end) {
    if (marker == 0xE0 && begins("JFIF\0", content, end, 14)) {
      // Without the small picture that may follow.
      keep(marker, Arrays.copyOf(Arrays.copyOfRange(bytes, content, content + 12), 14));
    } else if (marker == 0xEE && begins("Adobe", content, end, 12)) {
      keep(marker, Arrays.copyOfRange(bytes, content, content + 12));
    } else if (marker == 0xE8 && begins("mrfx", content, end, 5)) {
      keep(marker, Arrays.copyOfRange(bytes, content, content + 5));
    }
  }

  private boolean begins(String name, int content, int end, int size) {
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    return end - content >= size
        && Arrays.equals(bytes, content, content + letters.length, letters, 0, letters.length);
  }

  private void keep(int marker, byte[] content) {
    marker(marker);
    int size = Short.BYTES + content.length;
    bare.write(size >>> Byte.SIZE);
    bare.write(size);
    bare.writeBytes(content);
  }

  /** Coded pixels, until a marker follows that is not of them. */
  private int scan(int start) {
    int end = start;
    while (end + 1 < bytes.length && (number(end) != 0xFF || isCoded(number(end + 1)))) {
      end += number(end) == 0xFF ? 2 : 1;
    }
    bare.write(bytes, start, end - start);
    return end;
  }

  /** Of the byte behind one that is all ones: JPEG puts a zero there, JPEG-LS a zero bit. */
  private boolean isCoded(int next) {
    boolean restart = next >= 0xD0 && next <= 0xD7;
    return restart || (jpegLs ? next < 0x80 : next == 0);
  }

  private void marker(int marker) {
    bare.write(0xFF);
    bare.write(marker);
  }

  private int number(int at) {
    return bytes[at] & 0xFF;
  }

  private int shortAt(int at) {
    return number(at) << Byte.SIZE | number(at + 1);
  }
}
