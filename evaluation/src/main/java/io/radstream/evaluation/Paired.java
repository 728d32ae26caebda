package io.radstream.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What two models gave for the same study. */
record Paired<T>(T first, T second) {

  /**
   * @throws IllegalArgumentException where there are not as many of each
   */
  static <T> List<Paired<T>> of(List<T> first, List<T> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "both models must be measured on the same studies, but they are %d and %d"
              .formatted(first.size(), second.size()));
    }
    List<Paired<T>> pairs = new ArrayList<>(first.size());
    for (int i = 0; i < first.size(); i++) {
      pairs.add(new Paired<>(first.get(i), second.get(i)));
    }
    return pairs;
  }

  /** The figure of the first model less that of the second; empty where either is. */
  static <T> OptionalDouble difference(List<Paired<T>> pairs, Figure<T> figure) {
    OptionalDouble first = figure.of(pairs.stream().map(Paired::first).toList());
    OptionalDouble second = figure.of(pairs.stream().map(Paired::second).toList());
    return first.isPresent() && second.isPresent()
        ? OptionalDouble.of(first.getAsDouble() - second.getAsDouble())
        : OptionalDouble.empty();
  }

  Paired<T> swapped() {
    return new Paired<>(second, first);
  }
}
