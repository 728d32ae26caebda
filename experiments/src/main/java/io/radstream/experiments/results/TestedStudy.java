package io.radstream.experiments.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is known of a study and what a network says of it, in the order of the findings.
 *
 * @param study its pseudonym
 * @param patient his or her pseudonym
 * @param present whether each finding is there; null where that is not known
 * @param scores that the network gives, from 0 to 1
 */
public record TestedStudy(
    String study, String patient, List<Boolean> present, List<Double> scores) {

  public TestedStudy {
    present = Collections.unmodifiableList(new ArrayList<>(present));
    scores = List.copyOf(scores);
    if (present.size() != scores.size()) {
      throw new IllegalArgumentException(
          "%d labels for %d scores".formatted(present.size(), scores.size()));
    }
  }

  /**
   * @param labels probability that each finding is present, NaN where it is not known
   */
  public static TestedStudy of(String study, String patient, float[] labels, float[] scores) {
    List<Boolean> present = new ArrayList<>();
    List<Double> given = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      present.add(Float.isNaN(labels[i]) ? null : labels[i] >= 0.5F);
      given.add((double) scores[i]);
    }
    return new TestedStudy(study, patient, present, given);
  }

  /** Without the numbers: a message may show it. */
  @Override
  public String toString() {
    return "a study of %d findings".formatted(present.size());
  }
}
