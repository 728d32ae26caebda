package io.radstream.radiology.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a DEFLATE stream (RFC 1951, section 3.1.1), the lowest of each byte first. Behind the
 * stream there are {@link #BEHIND} bytes of its file, so that eight can be read at a time: whoever
 * reads too far is given these, then zeros, and told by {@link #consumed}.
 */
final class BitReader {

  /** So many bytes lie behind a stream in its file: a checksum, and the end chunk of a PNG. */
  static final int BEHIND = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] file;
  private final int last;
  private int position;
  private long bits;
  private int available;

  /**
   * @param end of the stream
   */
  BitReader(byte[] file, int start, int end) {
    this.file = file;
    this.position = start;
    this.last = end + BEHIND - Long.BYTES;
  }

  /** At least 56 bits are there afterwards, unless far more than the stream was read already. */
  void refill() {
    if (position <= last) {
      bits |= (long) LONGS.get(file, position) << available;
      position += (Long.SIZE - 1 - available) >> 3;
      available |= Long.SIZE - Byte.SIZE;
    }
  }

  /** The next bits, at the low end; no more of them count than were there after {@link #refill}. */
  long next() {
    return bits;
  }

  int take(int count) {
    int value = (int) bits & ((1 << count) - 1);
    skip(count);
    return value;
  }

  void skip(int count) {
    bits >>>= count;
    available -= count;
  }

  /** Whether nothing can come of it to read on. */
  boolean beyond() {
    return position > last;
  }

  /** Where the byte begins of which no bit has been taken yet. */
  int consumed() {
    return position - available / Byte.SIZE;
  }
}
