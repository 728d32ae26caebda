package io.radstream.cli.bench;

import java.util.List;

/** The middle of what was measured: one slow step does not move it. */
final class Median {

  private Median() {}

  /**
   * @param values at least one
   */
  static double of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
