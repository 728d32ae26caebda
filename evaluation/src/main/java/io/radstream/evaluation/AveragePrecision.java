package io.radstream.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** Area under the curve of precision over recall, without interpolation. */
public final class AveragePrecision {

  private AveragePrecision() {}

  /**
   * The mean, over the studies with the finding, of the share of studies with it among all that
   * score as high or higher: Σ (Rᵢ − Rᵢ₋₁) Pᵢ over the distinct scores (Buckley and Voorhees, SIGIR
   * 2000; scikit-learn's {@code average_precision_score}). Studies of equal score come in together.
   *
   * @return from 0 to 1, chance is the share of studies with the finding; empty where none has it
   */
  public static OptionalDouble of(List<Scored> scores) {
    List<Scored> order =
        scores.stream()
            .sorted(Comparator.comparingDouble(AveragePrecision::rankedBy).reversed())
            .toList();
    long found = 0;
    double sum = 0;
    for (int begin = 0, end; begin < order.size(); begin = end) {
      end = begin;
      long more = 0;
      while (end < order.size() && rankedBy(order.get(end)) == rankedBy(order.get(begin))) {
        more += order.get(end).present() ? 1 : 0;
        end++;
      }
      found += more;
      sum += more * ((double) found / end);
    }
    return found == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / found);
  }

  /** A score that is not a number is at the wrong end. */
  private static double rankedBy(Scored scored) {
    if (!Double.isNaN(scored.score())) {
      return scored.score();
    }
    return scored.present() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
