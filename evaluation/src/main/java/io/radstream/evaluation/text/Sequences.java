package io.radstream.evaluation.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sequences of tokens, as the figures count them. */
final class Sequences {

  private Sequences() {}

  /** How often each sequence of so many tokens comes. */
  static Map<List<String>, Integer> of(List<String> tokens, int length) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int from = 0; from + length <= tokens.size(); from++) {
      counts.merge(tokens.subList(from, from + length), 1, Integer::sum);
    }
    return counts;
  }
}
