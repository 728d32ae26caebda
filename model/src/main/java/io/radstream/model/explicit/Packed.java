package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reports behind each other, without padding.
 *
 * @param ids tokens of all
 * @param places of the tokens in their reports
 * @param firsts rows at which reports begin
 */
record Packed(NDArray ids, NDArray places, NDArray firsts, Sequences rows) {

  /** On their way to the device. */
  interface Sent {

    Packed in(Operations operations, Parcel.Opened arrived);
  }

  /**
   * @param rounding empty where sizes stay as they are
   */
  static Sent of(Parcel parcel, Optional<Rounding> rounding, int[][] reports) {
    int[] own = Arrays.stream(reports).mapToInt(report -> report.length).toArray();
    int[] lengths = rounding.map(up -> up.filled(own)).orElse(own);
    int[] tokens = Arrays.stream(reports).flatMapToInt(Arrays::stream).toArray();
    Parcel.Place ids = parcel.longs(longs(Arrays.copyOf(tokens, Arrays.stream(lengths).sum())));
    Parcel.Place places =
        parcel.longs(
            longs(Arrays.stream(lengths).flatMap(length -> IntStream.range(0, length)).toArray()));
    Parcel.Place firsts = parcel.longs(firsts(own));
    Sequences.Sent rows =
        rounding
            .map(up -> Sequences.of(parcel, up.longest(), lengths))
            .orElseGet(() -> Sequences.of(parcel, lengths));
    return (operations, arrived) ->
        new Packed(
            arrived.get(operations, ids),
            arrived.get(operations, places),
            arrived.get(operations, firsts),
            rows.in(operations, arrived));
  }

  private static long[] firsts(int... lengths) {
    long[] firsts = new long[lengths.length];
    for (int i = 1; i < firsts.length; i++) {
      firsts[i] = firsts[i - 1] + lengths[i - 1];
    }
    return firsts;
  }

  private static long[] longs(int... numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }
}
