package io.radstream.experiments.report;

import io.radstream.evaluation.TTest;
import io.radstream.experiments.plan.Comparison;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
    Optional<TTest> found =
        switch (test) {
          case INDEPENDENT -> TTest.independent(array(first), array(second));
          case PAIRED ->
              first.size() == second.size()
                  ? TTest.paired(array(first), array(second))
                  : Optional.empty();
        };
    return found.map(TTest::pValue).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }
}
