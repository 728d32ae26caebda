package io.radstream.model.training;

import io.radstream.model.config.NetworkPart;
import io.radstream.model.weights.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Weights in the order in which the way back comes behind them, in buckets whose gradients leave
 * together for the other ranks; the same in all ranks.
 */
record Departures(List<Bucket> buckets) {

  /**
   * @param weights places among all that learn
   * @param stage of the way back behind which all of it is
   */
  record Bucket(long[] weights, long stage) {}

  /**
   * @param learning in the order of the gradients
   * @param most numbers of a bucket that has more than one weight
   */
  static Departures of(List<Parameter> learning, long most) {
    List<Integer> order =
        IntStream.range(0, learning.size())
            .boxed()
            .sorted(Comparator.comparing(place -> stage(learning.get(place))))
            .toList();
    List<Bucket> buckets = new ArrayList<>();
    int from = 0;
    long held = 0;
    for (int i = 0; i < order.size(); i++) {
      long numbers = learning.get(order.get(i)).value().size();
      if (i > from && held + numbers > most) {
        buckets.add(bucket(learning, order.subList(from, i)));
        from = i;
        held = 0;
      }
      held += numbers;
    }
    if (from < order.size()) {
      buckets.add(bucket(learning, order.subList(from, order.size())));
    }
    return new Departures(List.copyOf(buckets));
  }

  private static Bucket bucket(List<Parameter> learning, List<Integer> places) {
    return new Bucket(
        places.stream().mapToLong(Integer::longValue).toArray(),
        stage(learning.get(places.get(places.size() - 1))));
  }

  private static long stage(Parameter weight) {
    return stage(weight.part(), weight.depth());
  }

  /** Grows on the way back. */
  private static long stage(NetworkPart part, int depth) {
    int turn =
        switch (part) {
          case REPORT -> 0;
          case HEADS -> 1;
          case PRETEXT -> 2;
          case TEXT -> 3;
          case FUSION -> 4;
          case RADIOGRAPH -> 5;
        };
    return ((long) turn << Integer.SIZE) - depth;
  }

  /**
   * How many buckets may have left.
   *
   * @param block as {@link io.radstream.model.explicit.WayBack} tells it
   */
  int behind(NetworkPart part, int block) {
    long reached = stage(part, block);
    int count = 0;
    while (count < buckets.size() && buckets.get(count).stage() <= reached) {
      count++;
    }
    return count;
  }
}
