package io.radstream.model.explicit;

import java.util.Arrays;

/**
 * Sequences that lie behind each other, as rows.
 *
 * @param lengths rows of each
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Sequences(long... lengths) {

  /** As many rows in each. */
  static Sequences of(long count, long length) {
    long[] lengths = new long[Math.toIntExact(count)];
    Arrays.fill(lengths, length);
    return new Sequences(lengths);
  }

  boolean isEven() {
    return Arrays.stream(lengths).allMatch(length -> length == lengths[0]);
  }
}
