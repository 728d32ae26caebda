package io.radstream.cli.boxes;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Spearman's: that of ranks, where equal values share the mean of theirs. */
final class RankCorrelation {

  private RankCorrelation() {}

  /** 0 where one of them is the same everywhere. */
  static double of(float[] one, float[] other) {
    double[] a = centred(one);
    double[] b = centred(other);
    double length = Math.sqrt(dot(a, a) * dot(b, b));
    return length == 0 ? 0 : dot(a, b) / length;
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static double[] centred(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    double middle = (values.length - 1) / 2.0;
    return IntStream.range(0, values.length)
        .mapToDouble(i -> rank(sorted, values[i]) - middle)
        .toArray();
  }

  private static double rank(float[] sorted, float value) {
    int first = 0;
    while (sorted[first] < value) {
      first++;
    }
    int last = first;
    while (last + 1 < sorted.length && sorted[last + 1] == value) {
      last++;
    }
    return (first + last) / 2.0;
  }
}
