package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.network.TokenBatch;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows that lie behind each other, sequence by sequence.
 *
 * @param lengths of the sequences; where they stand in slots, the room of each
 * @param bounds int32, the row at which each begins, and behind them the number of rows
 * @param slots where lengths follow from the batch, and what is asked of the device must not
 */
record Sequences(long[] lengths, NDArray bounds, Optional<Slots> slots) {

  /**
   * The same room for each sequence.
   *
   * @param rows int64, for each row its slot
   * @param places int64, for each slot its row, or the number of rows where there is none
   * @param mask sequences × 1 × 1 × room: 0 for a row, a large negative number for none
   */
  record Slots(NDArray rows, NDArray places, NDArray mask) {}

  /** On their way to the device. */
  interface Sent {

    Sequences in(Operations operations, Parcel.Opened arrived);
  }

  static Sent of(Parcel parcel, int... lengths) {
    Parcel.Place bounds = parcel.ints(bounds(lengths));
    long[] all = Arrays.stream(lengths).asLongStream().toArray();
    return (operations, arrived) ->
        new Sequences(all, arrived.get(operations, bounds), Optional.empty());
  }

  /** As many rows in each. */
  static Sent even(Parcel parcel, int count, int length) {
    int[] lengths = new int[count];
    Arrays.fill(lengths, length);
    return of(parcel, lengths);
  }

  /**
   * In slots.
   *
   * @param room for the longest
   */
  static Sent of(Parcel parcel, int room, int[] lengths) {
    int[] bounds = bounds(lengths);
    int all = bounds[lengths.length];
    long[] rows = new long[all];
    long[] places = new long[lengths.length * room];
    float[] mask = new float[places.length];
    Arrays.fill(places, all);
    Arrays.fill(mask, TokenBatch.BLOCKED);
    for (int i = 0; i < lengths.length; i++) {
      for (int at = 0; at < lengths[i]; at++) {
        int slot = i * room + at;
        rows[bounds[i] + at] = slot;
        places[slot] = (long) bounds[i] + at;
        mask[slot] = 0;
      }
    }
    return sent(parcel, room, bounds, new Standing(rows, places, mask));
  }

  private record Standing(long[] rows, long[] places, float[] mask) {}

  private static Sent sent(Parcel parcel, int room, int[] bounds, Standing standing) {
    int count = bounds.length - 1;
    long[] lengths = new long[count];
    Arrays.fill(lengths, room);
    Parcel.Place first = parcel.ints(bounds);
    Parcel.Place rows = parcel.longs(standing.rows());
    Parcel.Place places = parcel.longs(standing.places());
    Parcel.Place mask = parcel.floats(standing.mask());
    return (operations, arrived) ->
        new Sequences(
            lengths,
            arrived.get(operations, first),
            Optional.of(
                new Slots(
                    arrived.get(operations, rows),
                    arrived.get(operations, places),
                    operations.shaped(arrived.get(operations, mask), count, 1, 1, room))));
  }

  private static int[] bounds(int... lengths) {
    int[] bounds = new int[lengths.length + 1];
    for (int i = 0; i < lengths.length; i++) {
      bounds[i + 1] = bounds[i] + lengths[i];
    }
    return bounds;
  }

  boolean isEven() {
    return Arrays.stream(lengths).allMatch(length -> length == lengths[0]);
  }
}
