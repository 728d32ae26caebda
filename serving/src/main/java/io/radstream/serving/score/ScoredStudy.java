package io.radstream.serving.score;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the model made of a study.
 *
 * @param studyId the caller's name for the study, if any
 * @param model which checkpoint answered
 * @param probabilities finding to probability as the network gives it, in the order of the prompts,
 *     then of the label head; models are compared by these
 * @param scoredBy finding to where its probability comes from, in the same order
 * @param vector unit vector of the study
 * @param distinctViews how many different views were received
 * @param selection which of the received views the network saw, three indices from 0
 * @param pass in what company the network saw it
 * @param named the same study by other sets of findings
 * @param reading what people and programs are told
 */
@SuppressWarnings("ArrayRecordComponent") // written out once, never compared
public record ScoredStudy(
    Optional<String> studyId,
    ModelIdentity model,
    Map<String, Double> probabilities,
    Map<String, ScoredBy> scoredBy,
    float[] vector,
    int distinctViews,
    List<Integer> selection,
    Pass pass,
    NamedScores named,
    Reading reading) {

  /**
   * Scored by all that the model looks for, and by no set of it, without a calibration, in a pass
   * of its own.
   */
  public ScoredStudy(
      Optional<String> studyId,
      ModelIdentity model,
      Map<String, Double> probabilities,
      Map<String, ScoredBy> scoredBy,
      float[] vector,
      int distinctViews,
      List<Integer> selection) {
    this(
        studyId,
        model,
        probabilities,
        scoredBy,
        vector,
        distinctViews,
        selection,
        new Pass(List.of((int) selection.stream().distinct().count()), 0),
        set -> Optional.empty(),
        Reading.raw(probabilities));
  }

  /**
   * SHA-256 of the calibration that changed a probability of the reading, in lower-case
   * hexadecimal; empty where all are the network's own.
   */
  public Optional<String> calibration() {
    return reading.sha256().filter(file -> !reading.calibrated().isEmpty());
  }

  /**
   * The same study, scored by a set of findings.
   *
   * @param set one of {@link FindingSets#names}
   * @throws NotCapableException where the network can score none of them
   */
  public ScoredStudy by(String set) {
    if (set.equals(FindingSets.ALL)) {
      return this;
    }
    NamedScores.Scores scores =
        named.in(set).orElseThrow(() -> new NotCapableException(model, Capability.PROMPTS));
    return new ScoredStudy(
        studyId,
        model,
        scores.probabilities(),
        scores.scoredBy(),
        vector,
        distinctViews,
        selection,
        pass,
        named,
        scores.reading());
  }

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
