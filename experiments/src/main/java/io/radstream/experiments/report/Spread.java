package io.radstream.experiments.report;

import java.util.List;
import java.util.OptionalDouble;

/** Of a few values. */
final class Spread {

  private Spread() {}

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).sum() / values.size();
  }

  /** Sum of the squares of the distances to the mean. */
  static double squares(List<Double> values) {
    double mean = mean(values);
    return values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
  }

  /** The standard deviation of a sample; empty for fewer than two values. */
  static OptionalDouble deviation(List<Double> values) {
    return values.size() < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(squares(values) / (values.size() - 1)));
  }
}
