package io.radstream.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * How far a vector is from a bank of vectors: its distance to the k-th nearest of them, where 0 is
 * the same direction and 2 the opposite one (Sun et al., 2022). Asks nothing of how the bank is
 * spread, and little of a single vector in it that is out of place.
 */
public final class NearestNeighbours {

  private static final double UNIT = 1e-3;

  private final float[][] bank;
  private final int neighbours;

  /**
   * @param bank unit vectors, all of one length; not copied
   * @param neighbours k, from 1 to the size of the bank
   * @throws IllegalArgumentException where it is otherwise
   */
  public NearestNeighbours(float[][] bank, int neighbours) {
    if (neighbours < 1 || neighbours > bank.length) {
      throw new IllegalArgumentException(
          "of %d vectors, 1 to %d can be neighbours, not %d"
              .formatted(bank.length, bank.length, neighbours));
    }
    for (float[] vector : bank) {
      if (vector.length != bank[0].length || !(Math.abs(dot(vector, vector) - 1) < UNIT)) {
        throw new IllegalArgumentException("the bank holds what is no unit vector of its length");
      }
    }
    this.bank = bank;
    this.neighbours = neighbours;
  }

  /** Dimensions of its vectors. */
  public int dimensions() {
    return bank[0].length;
  }

  /** Vectors in the bank. */
  public int size() {
    return bank.length;
  }

  public int neighbours() {
    return neighbours;
  }

  /**
   * @param vector a unit vector of as many dimensions
   */
  public double distance(float[] vector) {
    double[] nearest = new double[neighbours];
    Arrays.fill(nearest, Double.NEGATIVE_INFINITY);
    for (float[] one : bank) {
      double cosine = dot(one, vector);
      if (cosine > nearest[0]) {
        insert(nearest, cosine);
      }
    }
    return 1 - nearest[0];
  }

  /**
   * The largest of their distances.
   *
   * @param vectors at least one
   */
  public double farthest(List<float[]> vectors) {
    return vectors.stream().mapToDouble(this::distance).max().orElseThrow();
  }

  /** Into ascending values, in the place of the lowest. */
  private static void insert(double[] ascending, double value) {
    int at = 0;
    while (at + 1 < ascending.length && ascending[at + 1] < value) {
      ascending[at] = ascending[at + 1];
      at++;
    }
    ascending[at] = value;
  }

  /**
   * The distance that so large a share of groups of vectors does not exceed, each by its farthest.
   *
   * @param typical vectors that are not in the bank; at least one group, each of at least one
   * @param share from 0 to 1
   */
  public double quantile(List<List<float[]>> typical, double share) {
    return Quantile.of(typical.stream().mapToDouble(this::farthest).sorted().toArray(), share);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
