package io.radstream.model.kernels;

/**
 * From which random numbers a layer drops, and how many.
 *
 * @param address of seed and step, two 64-bit numbers in the device's memory; no address where
 *     nothing is dropped
 * @param site of the layer among all that drop; each has a number of its own
 * @param threshold of 65,536 elements are dropped
 */
public record Draws(long address, int site, int threshold) {

  private static final int ALL = 1 << 16;

  /** Drops nothing. */
  public static final Draws NONE = new Draws(0, 0, 0);

  /**
   * @throws IllegalArgumentException where all or less than none would be dropped
   */
  public Draws {
    if (threshold < 0 || threshold >= ALL) {
      throw new IllegalArgumentException("cannot drop %d of %d".formatted(threshold, ALL));
    }
  }

  /**
   * @param share that is dropped; taken to the nearest of 65,536 parts
   */
  public static Draws of(long address, int site, double share) {
    return new Draws(address, site, Math.toIntExact(Math.round(share * ALL)));
  }
}
