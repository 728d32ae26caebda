package io.radstream.evaluation.findings;

import io.radstream.evaluation.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What each score gives as a threshold.
 *
 * @param points from the highest score to the lowest, studies of equal score together
 */
record RocPoints(List<Point> points, long present, long absent) {

  /**
   * @param told studies with the finding whose score is at least the threshold
   * @param wrong studies without it of which that is so, too
   */
  record Point(double threshold, long told, long wrong) {}

  static RocPoints of(List<Scored> scores) {
    List<Scored> order =
        scores.stream().sorted(Comparator.comparingDouble(Rank::of).reversed()).toList();
    List<Point> points = new ArrayList<>();
    long told = 0;
    long wrong = 0;
    for (int i = 0; i < order.size(); i++) {
      told += order.get(i).present() ? 1 : 0;
      wrong += order.get(i).present() ? 0 : 1;
      boolean last = i + 1 == order.size();
      if (last || Rank.of(order.get(i + 1)) != Rank.of(order.get(i))) {
        points.add(new Point(Rank.of(order.get(i)), told, wrong));
      }
    }
    return new RocPoints(points, told, wrong);
  }

  private boolean isDefined() {
    return present > 0 && absent > 0;
  }

  /** By whole numbers, so that equal points are equal. */
  OptionalDouble youden() {
    long best = Long.MIN_VALUE;
    double threshold = Double.NaN;
    for (Point point : points) {
      long gain = point.told() * absent - point.wrong() * present;
      if (gain > best) {
        best = gain;
        threshold = point.threshold();
      }
    }
    return finite(threshold);
  }

  OptionalDouble sensitivity(double least) {
    return points.stream()
        .filter(point -> (double) point.told() / present >= least)
        .findFirst()
        .map(Point::threshold)
        .map(this::finite)
        .orElse(OptionalDouble.empty());
  }

  OptionalDouble specificity(double least) {
    double threshold = points.isEmpty() ? Double.NaN : Math.nextUp(points.get(0).threshold());
    for (Point point : points) {
      if ((double) (absent - point.wrong()) / absent >= least) {
        threshold = point.threshold();
      }
    }
    return finite(threshold);
  }

  /** A network that has broken down gives none. */
  private OptionalDouble finite(double threshold) {
    return isDefined() && Double.isFinite(threshold)
        ? OptionalDouble.of(threshold)
        : OptionalDouble.empty();
  }
}
