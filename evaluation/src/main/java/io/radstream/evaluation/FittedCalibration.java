package io.radstream.evaluation;

import java.util.Objects;
import java.util.Optional;

/**
 * What was found for a finding, and how well it does on studies that it was not fitted to.
 *
 * @param calibration the identity where there is a reason
 * @param reason why there is none; empty where there is one
 * @param studies labelled
 * @param present of these with the finding
 * @param before figures of what the model says; empty where nothing was tried
 * @param after of what is made of it, cross-validated; empty likewise, and where nothing that rises
 *     could be fitted
 */
public record FittedCalibration(
    Calibration calibration,
    Optional<Reason> reason,
    int studies,
    int present,
    Optional<CalibrationFigures> before,
    Optional<CalibrationFigures> after) {

  /** Why a finding goes without. */
  public enum Reason {
    /** There are too few patients with it, or without. */
    TOO_FEW,
    /** Its scores do not rise with it, so that none of them means anything. */
    WRONG_WAY,
    /** Nothing that was fitted does better than what the model says. */
    NO_BETTER
  }

  public FittedCalibration {
    Objects.requireNonNull(calibration, "calibration");
    if (studies < 0 || present < 0 || present > studies) {
      throw new IllegalArgumentException(
          "%d of %d studies with the finding".formatted(present, studies));
    }
    if (reason.isPresent() != calibration instanceof Calibration.Identity) {
      throw new IllegalArgumentException("what is not calibrated has a reason, and nothing else");
    }
  }
}
