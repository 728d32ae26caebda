package io.radstream.experiments.file;

import java.util.List;

/** Settings of runs, {@code key=value}. */
final class Pairs {

  private Pairs() {}

  static List<String> of(Place place, List<String> pairs) {
    if (pairs == null) {
      return List.of();
    }
    for (String pair : pairs) {
      if (pair == null || pair.indexOf('=') < 1) {
        throw place.wrong("expected key=value, found: " + pair);
      }
    }
    return List.copyOf(pairs);
  }
}
