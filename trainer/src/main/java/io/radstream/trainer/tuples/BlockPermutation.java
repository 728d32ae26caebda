package io.radstream.trainer.tuples;

import io.radstream.radiology.CounterRandom;

/**
 * A random permutation of 0 to size − 1 that is computed, not stored: a Feistel network over the
 * next power of four, walked until it lands inside (Black and Rogaway, 2002, "Ciphers with
 * arbitrary finite domains", section 4).
 *
 * @param seed of the permutation
 * @param name of what is permuted, so that one seed serves several
 * @param counter as an epoch
 */
record BlockPermutation(long seed, String name, long counter, long size) {

  private static final int ROUNDS = 6;

  BlockPermutation {
    if (size < 1) {
      throw new IllegalArgumentException("nothing to permute");
    }
  }

  /** Where this index goes; each goes elsewhere. */
  long at(long index) {
    long value = index;
    do {
      value = encipher(value);
    } while (value >= size);
    return value;
  }

  private long encipher(long value) {
    int half = halfBits();
    long mask = (1L << half) - 1;
    long left = value >>> half;
    long right = value & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long mixed = CounterRandom.of(seed, name, counter, round, right).nextLong() & mask;
      long next = left ^ mixed;
      left = right;
      right = next;
    }
    return left << half | right;
  }

  private int halfBits() {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
    return Math.max(1, (bits + 1) / 2);
  }
}
