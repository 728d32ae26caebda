package io.radstream.evaluation.findings;

import io.radstream.evaluation.Scored;
import java.util.Optional;

/**
 * What is known of a study and what a model says of it, finding by finding.
 *
 * @param patient whose study it is; studies of one patient are not independent
 * @param labels probability that the finding is present, NaN where it is not known
 * @param scores in the same order, probabilities
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record JudgedStudy(String patient, float[] labels, float[] scores) {

  /** From here on a finding counts as present, as in validation. */
  private static final double PRESENT = 0.5;

  public JudgedStudy {
    if (labels.length != scores.length) {
      throw new IllegalArgumentException(
          "there are %d labels and %d scores of a study".formatted(labels.length, scores.length));
    }
  }

  /** Empty where it is not known whether the finding is there. */
  public Optional<Scored> of(int finding) {
    return Float.isNaN(labels[finding])
        ? Optional.empty()
        : Optional.of(new Scored(scores[finding], labels[finding] >= PRESENT));
  }
}
