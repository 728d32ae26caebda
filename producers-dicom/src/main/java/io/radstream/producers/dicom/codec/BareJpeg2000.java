package io.radstream.producers.dicom.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One JPEG 2000 picture, segment by segment (ISO 15444-1 annex A). Tables of lengths go as well: a
 * decoder does without, and they are wrong where a comment went from between.
 */
final class BareJpeg2000 {

  private static final int START = 0xFF4F;
  private static final int SIZE = 0xFF51;
  private static final int CODING = 0xFF52;
  private static final int CODING_OF_ONE = 0xFF53;
  private static final int TILE_LENGTHS = 0xFF55;
  private static final int PACKET_LENGTHS = 0xFF57;
  private static final int TILE_PACKET_LENGTHS = 0xFF58;
  private static final int QUANTISATION = 0xFF5C;
  private static final int QUANTISATION_OF_ONE = 0xFF5D;
  private static final int REGION_OF_INTEREST = 0xFF5E;
  private static final int PROGRESSION = 0xFF5F;
  private static final int REGISTRATION = 0xFF63;
  private static final int COMMENT = 0xFF64;
  private static final int TILE = 0xFF90;
  private static final int DATA = 0xFF93;
  private static final int END = 0xFFD9;
  private static final int NOT_UNDERSTOOD = -1;
  private static final int TILE_SEGMENT = 10;
  private static final int TILE_LENGTH_PLACE = 6;

  /** From so many components on their numbers have two bytes. */
  private static final int MANY_COMPONENTS = 257;

  private final ByteBuffer bytes;
  private final ByteArrayOutputStream bare;
  private int componentBytes = 1;
  private int bands;

  BareJpeg2000(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.bare = new ByteArrayOutputStream(bytes.length);
  }

  Optional<byte[]> read() {
    put(START);
    int at = Short.BYTES;
    while (at != NOT_UNDERSTOOD && at + Short.BYTES <= bytes.limit()) {
      int marker = shortAt(at);
      if (marker == END) {
        put(END);
        return Optional.of(bare.toByteArray());
      }
      at = marker == TILE ? tile(at) : segment(at, bare);
    }
    return Optional.empty();
  }

  /** A part of the picture: a header of its own, then coded pixels. */
  private int tile(int start) {
    int at = start + Short.BYTES + TILE_SEGMENT;
    if (at > bytes.limit() || shortAt(start + Short.BYTES) != TILE_SEGMENT) {
      return NOT_UNDERSTOOD;
    }
    long end = start + Integer.toUnsignedLong(bytes.getInt(start + TILE_LENGTH_PLACE));
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    while (at != NOT_UNDERSTOOD && at + Short.BYTES <= bytes.limit() && shortAt(at) != DATA) {
      at = segment(at, header);
    }
    if (at == NOT_UNDERSTOOD || at + Short.BYTES > end || end > bytes.limit()) {
      return NOT_UNDERSTOOD;
    }
    int length = Short.BYTES + TILE_SEGMENT + header.size() + (int) end - at;
    bare.write(bytes.array(), start, TILE_LENGTH_PLACE);
    bare.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    bare.write(bytes.array(), start + TILE_LENGTH_PLACE + Integer.BYTES, Short.BYTES);
    bare.writeBytes(header.toByteArray());
    bare.write(bytes.array(), at, (int) end - at);
    return (int) end;
  }

  /**
   * @param at a marker that has a length
   * @return where the next one begins
   */
  private int segment(int at, ByteArrayOutputStream out) {
    int marker = shortAt(at);
    int content = at + 2 * Short.BYTES;
    if (content > bytes.limit()) {
      return NOT_UNDERSTOOD;
    }
    int end = at + Short.BYTES + shortAt(at + Short.BYTES);
    if (end < content || end > bytes.limit()) {
      return NOT_UNDERSTOOD;
    }
    if (isForPeople(marker)) {
      return end;
    }
    if (!isWhole(marker, content, end - content)) {
      return NOT_UNDERSTOOD;
    }
    out.write(bytes.array(), at, end - at);
    return end;
  }

  /** For people, or for programs that look for a part. */
  private static boolean isForPeople(int marker) {
    return switch (marker) {
      case COMMENT, TILE_LENGTHS, PACKET_LENGTHS, TILE_PACKET_LENGTHS, REGISTRATION -> true;
      default -> false;
    };
  }

  /** Whether it is as long as its content, and no longer. */
  private boolean isWhole(int marker, int at, int size) {
    return switch (marker) {
      case SIZE -> size > 36 && size == 36 + 3 * components(at);
      case CODING -> size >= 10 && size == 10 + precincts(at, at + 5, true);
      case CODING_OF_ONE ->
          size >= componentBytes + 6
              && size
                  == componentBytes
                      + 6
                      + precincts(at + componentBytes, at + componentBytes + 1, false);
      case QUANTISATION -> size > 0 && size == steps(at);
      case QUANTISATION_OF_ONE ->
          size > componentBytes && size == componentBytes + steps(at + componentBytes);
      case REGION_OF_INTEREST -> size == componentBytes + 2;
      case PROGRESSION -> size > 0 && size % (5 + 2 * componentBytes) == 0;
      default -> false;
    };
  }

  private int components(int at) {
    int components = shortAt(at + 34);
    componentBytes = components < MANY_COMPONENTS ? 1 : 2;
    return components;
  }

  /**
   * @param forAll whether it is said of all components
   */
  private int precincts(int style, int levels, boolean forAll) {
    int count = number(levels);
    bands = forAll ? 3 * count + 1 : bands;
    return (number(style) & 1) == 1 ? count + 1 : 0;
  }

  /** Bytes that sizes of steps take, with what says how they are written. */
  private int steps(int style) {
    return switch (number(style) & 0x1F) {
      case 0 -> 1 + bands;
      case 1 -> 1 + Short.BYTES;
      case 2 -> 1 + Short.BYTES * bands;
      default -> NOT_UNDERSTOOD;
    };
  }

  private void put(int marker) {
    bare.write(marker >>> Byte.SIZE);
    bare.write(marker);
  }

  private int number(int at) {
    return bytes.get(at) & 0xFF;
  }

  private int shortAt(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
