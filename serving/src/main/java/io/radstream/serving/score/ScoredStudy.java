package io.radstream.serving.score;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the model made of a study.
 *
 * @param studyId the caller's name for the study, if any
 * @param model which checkpoint answered
 * @param probabilities finding to probability, in the order of the prompts, then of the label head
 * @param scoredBy finding to where its probability comes from, in the same order
 * @param vector unit vector of the study
 * @param distinctViews how many different views were received
 * @param selection which of the received views the network saw, three indices from 0
 */
@SuppressWarnings("ArrayRecordComponent") // written out once, never compared
public record ScoredStudy(
    Optional<String> studyId,
    ModelIdentity model,
    Map<String, Double> probabilities,
    Map<String, ScoredBy> scoredBy,
    float[] vector,
    int distinctViews,
    List<Integer> selection) {

  /** Whether all of it is a number. */
  boolean isFinite() {
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return probabilities.values().stream().allMatch(Double::isFinite);
  }
}
