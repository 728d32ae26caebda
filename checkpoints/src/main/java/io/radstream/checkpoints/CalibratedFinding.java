package io.radstream.checkpoints;

import io.radstream.evaluation.FittedCalibration;
import java.util.Objects;
import java.util.Optional;

/**
 * The calibration of one way to score a finding.
 *
 * @param scored which way
 */
public record CalibratedFinding(Scored scored, FittedCalibration fitted) {

  /**
   * A way to score a finding. Other sentences give other probabilities, and so a calibration is for
   * these sentences alone.
   *
   * @param finding its name
   * @param prompts SHA-256 of the sentences that it is scored from, in lower-case hexadecimal;
   *     empty where the label head scores it
   */
  public record Scored(String finding, Optional<String> prompts) {

    public Scored {
      Objects.requireNonNull(finding, "finding");
      prompts.ifPresent(CheckpointCalibration::requireSha256);
    }
  }

  public CalibratedFinding {
    Objects.requireNonNull(scored, "scored");
    Objects.requireNonNull(fitted, "fitted");
  }
}
