package io.radstream.evaluation;

/**
 * Random numbers that are a function of seed, round and place: rounds may be computed in any order.
 * SplitMix64 (Steele, Lea and Flood, 2014).
 */
final class Draws {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long state;

  private Draws(long state) {
    this.state = state;
  }

  static Draws of(long seed, int round) {
    return new Draws(mix(mix(seed + GOLDEN_GAMMA) + (round + 1) * GOLDEN_GAMMA));
  }

  /** From 0 to the bound, exclusive. */
  int index(int place, int bound) {
    // The upper 31 bits, scaled: with fewer studies than millions the bias is nothing.
    return (int) (((bits(place) >>> 33) * bound) >>> 31);
  }

  boolean coin(int place) {
    return bits(place) < 0;
  }

  private long bits(int place) {
    return mix(state + (place + 1) * GOLDEN_GAMMA);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
