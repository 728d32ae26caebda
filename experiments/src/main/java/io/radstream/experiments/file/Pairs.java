package io.radstream.experiments.file;

import java.util.List;
import java.util.Map;

/** Settings of runs, {@code key=value}. */
final class Pairs {

  private Pairs() {}

  /** What the file says at places of its own, which a setting would contradict unheard. */
  private static final Map<String, String> DECIDED =
      Map.of(
          "line", "name",
          "seed", "seed",
          "schedule.steps", "steps",
          "labels.share", "labelRatios",
          "labels.draw", "seed");

  /** Of a run of fine-tuning. */
  static List<String> ofFineTuning(Place place, List<String> pairs) {
    List<String> all = of(place, pairs);
    for (String pair : all) {
      if (key(pair).equals("model.findings")) {
        throw place.wrong("model.findings is said by findings");
      }
    }
    return all;
  }

  private static String key(String pair) {
    return pair.substring(0, pair.indexOf('=')).strip();
  }

  static List<String> of(Place place, List<String> pairs) {
    if (pairs == null) {
      return List.of();
    }
    for (String pair : pairs) {
      if (pair == null || pair.indexOf('=') < 1) {
        throw place.wrong("expected key=value, found: " + pair);
      }
      if (DECIDED.containsKey(key(pair))) {
        throw place.wrong("%s is said by %s".formatted(key(pair), DECIDED.get(key(pair))));
      }
    }
    return List.copyOf(pairs);
  }
}
