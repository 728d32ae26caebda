package io.radstream.model.objective;

import io.radstream.model.network.StudyBatch;
import java.util.Map;

/** Gathers what a validation tells of an objective beside its loss, batch by batch. */
public interface ValidationFigures {

  void add(StudyBatch batch, Evaluation found);

  /**
   * By the names that they have on the metrics topic, in the order in which they are shown.
   *
   * @return empty where nothing can be told
   */
  Map<String, Double> values();

  /** Tells nothing. */
  static ValidationFigures none() {
    return new ValidationFigures() {
      @Override
      public void add(StudyBatch batch, Evaluation found) {}

      @Override
      public Map<String, Double> values() {
        return Map.of();
      }
    };
  }
}
