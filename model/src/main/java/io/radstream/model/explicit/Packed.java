package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Reports behind each other, without padding.
 *
 * @param ids tokens of all
 * @param places of the tokens in their reports
 * @param firsts rows at which reports begin
 */
record Packed(NDArray ids, NDArray places, NDArray firsts, Sequences rows) {

  /**
   * @param reports each with at least one token
   */
  static Packed of(NDManager manager, int[][] reports) {
    long[] ids = Arrays.stream(reports).flatMapToInt(Arrays::stream).asLongStream().toArray();
    long[] places =
        Arrays.stream(reports)
            .flatMapToInt(report -> IntStream.range(0, report.length))
            .asLongStream()
            .toArray();
    long[] firsts = new long[reports.length];
    for (int i = 1; i < firsts.length; i++) {
      firsts[i] = firsts[i - 1] + reports[i - 1].length;
    }
    return new Packed(
        manager.create(ids),
        manager.create(places),
        manager.create(firsts),
        Sequences.of(manager, Arrays.stream(reports).mapToLong(report -> report.length).toArray()));
  }
}
