package io.radstream.trainer.tuples;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Bits that know how many stand before each: a count for every eight words, so that it takes little
 * more than the bits themselves. Immutable.
 */
final class RankedBits {

  private static final int WORDS_COUNTED = 8;

  private final long[] words;

  /** Set bits before each eight words; the last is the number of all. */
  private final int[] before;

  RankedBits(BitSet bits) {
    this.words = bits.toLongArray();
    this.before = new int[(words.length + WORDS_COUNTED - 1) / WORDS_COUNTED + 1];
    for (int word = 0; word < words.length; word++) {
      before[word / WORDS_COUNTED + 1] += Long.bitCount(words[word]);
    }
    Arrays.parallelPrefix(before, Integer::sum);
  }

  /** Number of set bits. */
  int count() {
    return before[before.length - 1];
  }

  boolean get(long bit) {
    return bit >= 0
        && bit / Long.SIZE < words.length
        && (words[(int) (bit / Long.SIZE)] >>> bit & 1) != 0;
  }

  /** How many set bits stand before this one, which is set. */
  int rank(int bit) {
    int word = bit / Long.SIZE;
    int first = word / WORDS_COUNTED * WORDS_COUNTED;
    int rank = before[word / WORDS_COUNTED];
    for (int i = first; i < word; i++) {
      rank += Long.bitCount(words[i]);
    }
    return rank + Long.bitCount(words[word] & (1L << bit) - 1);
  }

  /**
   * The set bit before which so many stand.
   *
   * @param rank from 0 to {@link #count} − 1
   */
  int at(int rank) {
    int counted = lastAtOrBelow(rank);
    int left = rank - before[counted];
    int word = counted * WORDS_COUNTED;
    while (left >= Long.bitCount(words[word])) {
      left -= Long.bitCount(words[word]);
      word++;
    }
    long bits = words[word];
    for (; left > 0; left--) {
      bits &= bits - 1;
    }
    return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
  }

  private int lastAtOrBelow(int rank) {
    int low = 0;
    int high = before.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (before[middle] <= rank) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  BitSet toBitSet() {
    return BitSet.valueOf(words);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RankedBits bits && Arrays.equals(words, bits.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
