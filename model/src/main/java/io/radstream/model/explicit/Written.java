package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reports to be written again, token by token.
 *
 * @param read tokens that others follow: a report's last one is read by none
 * @param next for each of them the token that follows; negative where none counts
 * @param memory for each report the rows that it attends to
 */
record Written(Packed read, NDArray next, Sequences memory) {

  /** On their way to the device. */
  interface Sent {

    Written in(Operations operations, Parcel.Opened arrived);
  }

  /**
   * @param reports one for each representation of a study
   * @param places that each attends to
   */
  static Sent of(Parcel parcel, Optional<Rounding> rounding, int[][] reports, int places) {
    int[][] without =
        Arrays.stream(reports)
            .map(report -> Arrays.copyOf(report, Math.max(0, report.length - 1)))
            .toArray(int[][]::new);
    Packed.Sent read = Packed.of(parcel, rounding, without);
    int[] own = Arrays.stream(without).mapToInt(report -> report.length).toArray();
    int[] lengths = rounding.map(up -> up.filled(own)).orElse(own);
    Parcel.Place next = parcel.longs(next(Arrays.stream(lengths).sum(), reports));
    Sequences.Sent memory =
        memory(parcel, rounding.isPresent(), reports.length, lengths.length, places);
    return (operations, arrived) ->
        new Written(
            read.in(operations, arrived),
            arrived.get(operations, next),
            memory.in(operations, arrived));
  }

  private static long[] next(int rows, int[]... reports) {
    long[] next = new long[rows];
    Arrays.fill(next, -1);
    int[] tokens =
        Arrays.stream(reports).flatMapToInt(report -> Arrays.stream(report).skip(1)).toArray();
    IntStream.range(0, tokens.length).forEach(i -> next[i] = tokens[i]);
    return next;
  }

  /** Fillers attend to nothing. */
  private static Sequences.Sent memory(
      Parcel parcel, boolean inSlots, int reports, int sequences, int places) {
    if (!inSlots) {
      return Sequences.even(parcel, reports, places);
    }
    int[] lengths = new int[sequences];
    Arrays.fill(lengths, 0, reports, places);
    return Sequences.of(parcel, places, lengths);
  }
}
