package io.radstream.checkpoints;

/** What there is of a calibration beside a checkpoint. */
public sealed interface CalibrationState {

  /** Nobody has calibrated it. */
  record Absent() implements CalibrationState {}

  /**
   * There is something that must not be used; the checkpoint itself is none the worse for it.
   *
   * @param reason for people
   */
  record Unusable(String reason) implements CalibrationState {}

  /**
   * @param sha256 of {@code calibration.json}, in lower-case hexadecimal
   */
  record Usable(CheckpointCalibration calibration, String sha256) implements CalibrationState {}
}
