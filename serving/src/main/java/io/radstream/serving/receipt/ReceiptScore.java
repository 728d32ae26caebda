package io.radstream.serving.receipt;

import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The score of one finding.
 *
 * @param probability as it was answered
 * @param raw as the network gives it; the same where it was not calibrated
 * @param by where it comes from, {@code prompts} or {@code labels}
 */
public record ReceiptScore(double probability, double raw, String by) {

  /**
   * @throws IllegalArgumentException where a field does not hold what it is for
   */
  public ReceiptScore {
    Form.require(probability >= 0 && probability <= 1, "scores: a probability", "from 0 to 1");
    Form.require(raw >= 0 && raw <= 1, "scores: raw", "from 0 to 1");
    Form.require(
        Arrays.stream(ScoredBy.values()).anyMatch(known -> word(known).equals(by)),
        "scores: by",
        "prompts or labels");
  }

  /** Those of a study by finding, in the order of its answer. */
  static Map<String, ReceiptScore> of(ScoredStudy study) {
    Map<String, ReceiptScore> scores = new LinkedHashMap<>();
    study
        .probabilities()
        .forEach(
            (finding, raw) ->
                scores.put(
                    finding,
                    new ReceiptScore(
                        study.reading().probabilities().get(finding),
                        raw,
                        word(study.scoredBy().get(finding)))));
    return scores;
  }

  boolean isCalibrated() {
    return probability != raw;
  }

  private static String word(ScoredBy by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}
