package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Reports of different lengths as one array.
 *
 * @param ids reports × longest, padded at the end
 * @param mask reports × 1 × 1 × longest: 0 for a token, a large negative number for padding
 */
public record TokenBatch(NDArray ids, NDArray mask) {

  /** Finite, so that a row of nothing but padding stays a number. */
  public static final float BLOCKED = -1e9f;

  /**
   * @param tokens one report each, not padded
   * @param maxTokens longer reports keep their start and their last token
   * @throws IllegalArgumentException where a report has no token: there is none to read
   */
  public static TokenBatch of(NDManager manager, int[][] tokens, int maxTokens) {
    if (Arrays.stream(tokens).anyMatch(report -> report.length == 0)) {
      throw new IllegalArgumentException(
          "a report without a token cannot be read: a study has none, and an objective needs it");
    }
    int longest =
        Math.min(maxTokens, Arrays.stream(tokens).mapToInt(t -> t.length).max().orElse(0));
    long[] ids = new long[tokens.length * longest];
    float[] mask = new float[ids.length];
    Arrays.fill(mask, BLOCKED);
    for (int row = 0; row < tokens.length; row++) {
      int[] report = cut(tokens[row], maxTokens);
      for (int i = 0; i < report.length; i++) {
        ids[row * longest + i] = report[i];
        mask[row * longest + i] = 0;
      }
    }
    return new TokenBatch(
        manager.create(ids, new Shape(tokens.length, longest)),
        manager.create(mask, new Shape(tokens.length, 1, 1, longest)));
  }

  /** The report itself where it is short enough. */
  static int[] cut(int[] tokens, int maxTokens) {
    if (tokens.length <= maxTokens) {
      return tokens;
    }
    int[] cut = Arrays.copyOf(tokens, maxTokens);
    cut[maxTokens - 1] = tokens[tokens.length - 1];
    return cut;
  }
}
