package io.radstream.radiology.image;

import java.util.Arrays;

/**
 * A complete prefix code of DEFLATE (RFC 1951, section 3.2.2), looked up by the bits that come
 * next, the first of them lowest. Codes longer than the table's width are read bit by bit. Made
 * anew for each block by {@link #build}.
 */
final class HuffmanCode {

  /** Bits of the longest code. */
  static final int LONGEST = 15;

  /** What {@link #entry} says where a code is longer than the table's width, or there is none. */
  static final int NONE = 0;

  private static final int COUNT = 8;
  private static final int FIRST = 16;

  private final int width;
  private final int[] entries;
  private final int[] ofLength = new int[LONGEST + 1];
  private final int[] sorted;

  /**
   * @param width of the table, in bits
   * @param symbols most that there are
   */
  HuffmanCode(int width, int symbols) {
    this.width = width;
    this.entries = new int[1 << width];
    this.sorted = new int[symbols];
  }

  /**
   * By the next bits: in the lowest byte how many of them are used, in the next how many symbols
   * they are, above the symbols themselves. {@link #NONE} where {@link #slowly} has to be asked.
   */
  int entry(long bits) {
    return entries[(int) bits & (entries.length - 1)];
  }

  static int bits(int entry) {
    return entry & 0xFF;
  }

  static int count(int entry) {
    return (entry >>> COUNT) & 0xFF;
  }

  static int symbol(int entry) {
    return entry >>> FIRST;
  }

  /**
   * @param lengths of each symbol's code; 0 for one that has none
   * @return whether they make a complete code
   */
  boolean build(byte[] lengths, int from, int to) {
    Arrays.fill(ofLength, 0);
    for (int i = from; i < to; i++) {
      ofLength[lengths[i]]++;
    }
    ofLength[0] = 0;
    int[] next = new int[LONGEST + 2];
    int[] place = new int[LONGEST + 2];
    for (int length = 1; length <= LONGEST; length++) {
      next[length + 1] = (next[length] + ofLength[length]) << 1;
      place[length + 1] = place[length] + ofLength[length];
    }
    if (next[LONGEST + 1] != 1 << (LONGEST + 1)) {
      return false;
    }
    Arrays.fill(entries, NONE);
    for (int i = from; i < to; i++) {
      int length = lengths[i];
      if (length > 0) {
        sorted[place[length]++] = i - from;
        enter(next[length]++, length, i - from);
      }
    }
    return true;
  }

  private void enter(int code, int length, int symbol) {
    if (length <= width) {
      int entry = symbol << FIRST | 1 << COUNT | length;
      int first = Integer.reverse(code) >>> (Integer.SIZE - length);
      for (int i = first; i < entries.length; i += 1 << length) {
        entries[i] = entry;
      }
    }
  }

  /**
   * Where the width holds the codes of two symbols below {@code most}, both are found at once; and
   * one that is not below it is not found by the table any more.
   *
   * @param most at most 256
   */
  void pair(int most) {
    // From behind: what comes after the first symbol stands further in front.
    for (int i = entries.length - 1; i >= 0; i--) {
      int first = entries[i];
      if (first != NONE && symbol(first) >= most) {
        entries[i] = NONE;
      } else if (first != NONE) {
        int second = entries[i >>> bits(first)];
        int used = bits(first) + bits(second);
        if (second != NONE && used <= width && symbol(second) < most) {
          entries[i] =
              symbol(second) << (FIRST + Byte.SIZE) | symbol(first) << FIRST | 2 << COUNT | used;
        }
      }
    }
  }

  /**
   * The next symbol, bit by bit.
   *
   * @param bits at least {@value #LONGEST} of them
   * @return the symbol above, and in the lowest byte how many bits it takes
   */
  int slowly(long bits) {
    int code = 0;
    int first = 0;
    int place = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code |= (int) (bits >>> (length - 1)) & 1;
      if (code - first < ofLength[length]) {
        return sorted[place + code - first] << FIRST | 1 << COUNT | length;
      }
      place += ofLength[length];
      first = (first + ofLength[length]) << 1;
      code <<= 1;
    }
    throw new IllegalStateException("the code is not complete");
  }
}
