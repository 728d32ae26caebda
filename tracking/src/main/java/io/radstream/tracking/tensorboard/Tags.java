package io.radstream.tracking.tensorboard;

import io.radstream.tracking.EvaluationFigures;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names of figures, grouped as TensorBoard groups its charts: by what stands before a slash. */
final class Tags {

  private static final String VALIDATION = "validation_";

  private Tags() {}

  static String of(String figure) {
    if (figure.startsWith(VALIDATION)) {
      return "validation/" + figure.substring(VALIDATION.length());
    }
    if (figure.startsWith("loss")) {
      return "training/" + figure;
    }
    return (figure.endsWith("_seconds") ? "time/" : "run/") + figure;
  }

  static SortedMap<String, Double> of(Map<String, Double> figures) {
    SortedMap<String, Double> tagged = new TreeMap<>();
    figures.forEach((name, value) -> tagged.put(of(name), value));
    return tagged;
  }

  static SortedMap<String, Double> of(EvaluationFigures evaluation) {
    SortedMap<String, Double> tagged = new TreeMap<>();
    evaluation
        .values()
        .forEach((name, value) -> tagged.put(evaluation.group() + "/" + name, value));
    return tagged;
  }
}
