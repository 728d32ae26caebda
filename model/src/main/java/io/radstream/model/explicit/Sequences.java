package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;

/**
 * Sequences that lie behind each other, as rows.
 *
 * @param lengths rows of each
 * @param bounds the row at which each begins, and behind them the number of rows; 32 bits
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Sequences(long[] lengths, NDArray bounds) {

  static Sequences of(NDManager manager, long... lengths) {
    int[] bounds = new int[lengths.length + 1];
    for (int i = 0; i < lengths.length; i++) {
      bounds[i + 1] = bounds[i] + Math.toIntExact(lengths[i]);
    }
    return new Sequences(lengths, manager.create(bounds));
  }

  /** As many rows in each. */
  static Sequences even(NDManager manager, long count, long length) {
    long[] lengths = new long[Math.toIntExact(count)];
    Arrays.fill(lengths, length);
    return of(manager, lengths);
  }

  boolean isEven() {
    return Arrays.stream(lengths).allMatch(length -> length == lengths[0]);
  }
}
