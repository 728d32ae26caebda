package io.radstream.serving.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Whether two models put studies in the same order (Spearman, 1904). */
final class RankCorrelation {

  private RankCorrelation() {}

  /**
   * The correlation of the ranks; equal scores share the mean of theirs.
   *
   * @return from -1 to 1; empty where one of both tells no two studies apart
   */
  static OptionalDouble of(double[] first, double[] second) {
    double[] a = ranks(first);
    double[] b = ranks(second);
    double mean = (a.length - 1) / 2.0;
    double product = 0;
    double ofFirst = 0;
    double ofSecond = 0;
    for (int i = 0; i < a.length; i++) {
      product += (a[i] - mean) * (b[i] - mean);
      ofFirst += (a[i] - mean) * (a[i] - mean);
      ofSecond += (b[i] - mean) * (b[i] - mean);
    }
    return ofFirst == 0 || ofSecond == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(product / Math.sqrt(ofFirst * ofSecond));
  }

  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      double shared = (from + to - 1) / 2.0;
      Arrays.stream(order, from, to).forEach(i -> ranks[i] = shared);
      from = to;
    }
    return ranks;
  }
}
