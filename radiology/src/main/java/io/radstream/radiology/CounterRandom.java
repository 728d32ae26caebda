package io.radstream.radiology;

import java.util.random.RandomGenerator;

/**
 * Random numbers that are a pure function of what they are for, never of the order in which threads
 * asked: seed, then a name (a study id, a parameter's name), then counters (epoch, revision, step).
 * The generator is SplitMix64. One instance serves one thread.
 */
public final class CounterRandom implements RandomGenerator {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private long state;

  private CounterRandom(long state) {
    this.state = state;
  }

  public static CounterRandom of(long seed, String name, long... counters) {
    long state = mix(seed + GOLDEN_GAMMA) ^ fnv(name);
    for (long counter : counters) {
      state = mix(state + GOLDEN_GAMMA) ^ counter;
    }
    return new CounterRandom(mix(state));
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * Stafford's variant 13 of the MurmurHash3 finalizer: every input bit reaches every output bit.
   */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long fnv(String name) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }
}
