package io.radstream.experiments.report;

import io.radstream.experiments.plan.Comparison;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Whether two rows differ, by their figures of each repeat (section 3 of the paper). */
final class RepeatsTest {

  private RepeatsTest() {}

  /**
   * The two-sided p-value.
   *
   * @return empty where there are fewer than two repeats of a row, the test is of pairs and there
   *     are not as many of each, or nothing varies
   */
  static OptionalDouble of(Comparison.Test test, List<Double> first, List<Double> second) {
    if (first.size() < 2 || second.size() < 2) {
      return OptionalDouble.empty();
    }
    return switch (test) {
      case INDEPENDENT -> independent(first, second);
      case PAIRED -> first.size() == second.size() ? paired(first, second) : OptionalDouble.empty();
    };
  }

  private static OptionalDouble independent(List<Double> first, List<Double> second) {
    int freedom = first.size() + second.size() - 2;
    double pooled =
        (Spread.squares(first) + Spread.squares(second))
            / freedom
            * (1.0 / first.size() + 1.0 / second.size());
    return value(Spread.mean(first) - Spread.mean(second), pooled, freedom);
  }

  private static OptionalDouble paired(List<Double> first, List<Double> second) {
    List<Double> differences =
        IntStream.range(0, first.size()).mapToObj(i -> first.get(i) - second.get(i)).toList();
    int freedom = differences.size() - 1;
    return value(
        Spread.mean(differences),
        Spread.squares(differences) / freedom / differences.size(),
        freedom);
  }

  private static OptionalDouble value(double difference, double variance, int freedom) {
    return variance > 0
        ? OptionalDouble.of(StudentT.twoSided(difference / Math.sqrt(variance), freedom))
        : OptionalDouble.empty();
  }
}
