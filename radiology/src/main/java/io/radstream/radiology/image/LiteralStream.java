package io.radstream.radiology.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Adler32;

/**
 * Unpacks a zlib stream (RFC 1950) in which nothing is repeated, each byte a symbol of a prefix
 * code: as {@link ImageEncoder} packs pictures. Two bytes are looked up at a time, without a branch
 * that depends on them. Says nothing of any other stream.
 */
final class LiteralStream {

  /** So many bytes have to be free behind the unpacked ones. */
  static final int SLACK = Long.SIZE;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int HEADER = 2;
  private static final int CHECKSUM = Integer.BYTES;
  private static final int METHOD = 8;
  private static final int LARGEST_WINDOW = 7;
  private static final int PRESET_DICTIONARY = 0x20;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;

  /** As many as 56 bits are enough for, whatever is found. */
  private static final int LOOKUPS = 56 / BlockCode.WIDTH;

  private final BitReader input;
  private final BlockCode code = new BlockCode();
  private final byte[] target;
  private final int expected;
  private int written;

  private LiteralStream(BitReader input, byte[] target) {
    this.input = input;
    this.target = target;
    this.expected = target.length - SLACK;
  }

  /**
   * @param target gets what is unpacked, and is {@link #SLACK} bytes longer
   * @return whether the stream is whole, unpacks to exactly that length, and its checksum is right;
   *     false also where this class cannot tell
   */
  static boolean unpack(byte[] file, int start, int length, byte[] target) {
    int end = start + length;
    if (length < HEADER + CHECKSUM
        || end + BitReader.BEHIND > file.length
        || !begins(file[start] & 0xFF, file[start + 1] & 0xFF)) {
      return false;
    }
    BitReader input = new BitReader(file, start + HEADER, end);
    LiteralStream stream = new LiteralStream(input, target);
    return stream.unpack()
        && input.consumed() == end - CHECKSUM
        && ByteBuffer.wrap(file).getInt(end - CHECKSUM) == stream.sum();
  }

  private static boolean begins(int method, int flags) {
    return (method & 0xF) == METHOD
        && method >> 4 <= LARGEST_WINDOW
        && (method << 8 | flags) % 31 == 0
        && (flags & PRESET_DICTIONARY) == 0;
  }

  private int sum() {
    Adler32 sum = new Adler32();
    sum.update(target, 0, expected);
    return (int) sum.getValue();
  }

  private boolean unpack() {
    boolean last = false;
    while (!last) {
      input.refill();
      last = input.take(1) == 1;
      if (!readCode(input.take(2)) || !readLiterals()) {
        return false;
      }
    }
    return written == expected;
  }

  private boolean readCode(int kind) {
    switch (kind) {
      case FIXED -> code.fix();
      case DYNAMIC -> {
        return code.read(input);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Whether the block has nothing but literals, and no more of them than are expected. */
  private boolean readLiterals() {
    HuffmanCode literals = code.literals();
    while (true) {
      readPairs(literals);
      if (written > expected || input.beyond()) {
        return false;
      }
      input.refill();
      int entry = literals.slowly(input.next());
      input.skip(HuffmanCode.bits(entry));
      int symbol = HuffmanCode.symbol(entry);
      if (symbol >= BlockCode.END) {
        return symbol == BlockCode.END;
      }
      target[written++] = (byte) symbol;
    }
  }

  /**
   * Up to what the table does not have. That takes no bits, so that all lookups behind it find the
   * same: only the last one is looked at.
   */
  private void readPairs(HuffmanCode literals) {
    int at = written;
    int entry = -1;
    while (entry != HuffmanCode.NONE && at <= expected && !input.beyond()) {
      input.refill();
      for (int i = 0; i < LOOKUPS; i++) {
        entry = literals.entry(input.next());
        SHORTS.set(target, at, (short) HuffmanCode.symbol(entry));
        at += HuffmanCode.count(entry);
        input.skip(HuffmanCode.bits(entry));
      }
    }
    written = at;
  }
}
