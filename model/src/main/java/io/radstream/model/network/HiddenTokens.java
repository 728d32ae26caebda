package io.radstream.model.network;

import java.util.Arrays;

/**
 * Which tokens of which reports of a batch are hidden. Reports of which none is are left out.
 *
 * @param reports indices of the reports, rising
 * @param places for each of them the places of its hidden tokens, rising; at least one
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record HiddenTokens(int[] reports, int[][] places) {

  /** Of the reports in the batch, to choose them from an array. */
  public long[] rows() {
    return Arrays.stream(reports).asLongStream().toArray();
  }

  /** How many tokens are hidden. */
  public int count() {
    return Arrays.stream(places).mapToInt(hidden -> hidden.length).sum();
  }
}
