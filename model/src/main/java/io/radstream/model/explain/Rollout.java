package io.radstream.model.explain;

import java.util.List;

/**
 * Follows what the last block gives back to the patches that it came from. A block passes each
 * token on, and adds to it what it attends to.
 *
 * @param blocks from the first to the last: tokens × tokens, row by row; the row is what asks
 * @param tokens the aggregation token and the patches
 */
record Rollout(List<float[]> blocks, int tokens) {

  /**
   * What reaches the reading tokens by attention (Chefer et al., 2021, equation 6, without the part
   * that each token keeps of itself).
   *
   * @param read how much of each token behind the last block is read
   */
  double[] relevance(double[] read) {
    double[] share = read.clone();
    for (int block = blocks.size() - 1; block >= 0; block--) {
      double[] passed = through(blocks.get(block), share);
      for (int i = 0; i < tokens; i++) {
        share[i] += passed[i];
      }
    }
    for (int i = 0; i < tokens; i++) {
      share[i] -= read[i];
    }
    return share;
  }

  /**
   * The same of rows that sum to 1, where a block counts as much as what it is added to (Abnar and
   * Zuidema, 2020, section 3).
   */
  double[] attention(double[] read) {
    double[] share = read.clone();
    for (int block = blocks.size() - 1; block >= 0; block--) {
      double[] passed = through(blocks.get(block), share);
      for (int i = 0; i < tokens; i++) {
        share[i] = (share[i] + passed[i]) / 2;
      }
    }
    return share;
  }

  private double[] through(float[] block, double[] share) {
    double[] passed = new double[tokens];
    for (int row = 0; row < tokens; row++) {
      for (int column = 0; column < tokens; column++) {
        passed[column] += share[row] * block[row * tokens + column];
      }
    }
    return passed;
  }
}
