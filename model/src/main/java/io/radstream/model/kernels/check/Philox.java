package io.radstream.model.kernels.check;

/**
 * The counter-based generator Philox 4x32-10 (Salmon et al., Parallel random numbers: as easy as 1,
 * 2, 3, 2011, section 4.3).
 */
public final class Philox {

  private static final int ROUNDS = 10;
  private static final int THRESHOLD_BITS = 16;

  private Philox() {}

  /** Four numbers of 32 bits. */
  static int[] draw(int[] counter, long key) {
    int[] c = counter.clone();
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long first = 0xD2511F53L * Integer.toUnsignedLong(c[0]);
      long second = 0xCD9E8D57L * Integer.toUnsignedLong(c[2]);
      c =
          new int[] {
            (int) (second >>> 32) ^ c[1] ^ k0,
            (int) second,
            (int) (first >>> 32) ^ c[3] ^ k1,
            (int) first
          };
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    return c;
  }

  /**
   * What an element is multiplied by, as the kernels draw it.
   *
   * @param threshold of 65,536 elements are dropped
   */
  public static double factor(long element, long key, int site, int step, int threshold) {
    long group = element / 8;
    int place = (int) (element % 8);
    int word = draw(new int[] {(int) group, (int) (group >>> 32), site, step}, key)[place / 2];
    int bits = (word >>> (THRESHOLD_BITS * (place % 2))) & 0xffff;
    double all = 1 << THRESHOLD_BITS;
    return bits < threshold ? 0 : all / (all - threshold);
  }
}
