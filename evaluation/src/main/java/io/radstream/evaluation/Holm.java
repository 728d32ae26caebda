package io.radstream.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Corrects p values for how many there are, step by step downwards (Holm, 1979). */
public final class Holm {

  private Holm() {}

  /**
   * @param pValues each from 0 to 1
   * @return in the same order; where each below a level is called a finding, the chance that there
   *     is a false one among them is at most that level
   */
  public static double[] adjust(double... pValues) {
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double least = 0;
    for (int rank = 0; rank < order.length; rank++) {
      least = Math.max(least, Math.min(1, pValues[order[rank]] * (order.length - rank)));
      adjusted[order[rank]] = least;
    }
    return adjusted;
  }
}
