package io.radstream.cli;

import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.checkpoints.CheckpointCalibration;
import io.radstream.evaluation.CalibrationFigures;
import io.radstream.evaluation.FittedCalibration;
import io.radstream.serving.calibration.CheckpointCalibrator;
import java.util.List;
import java.util.Locale;

/**
 * A calibration as a summary in JSON.
 *
 * @param familiar vectors in the bank; null where nothing is told of how familiar a study is
 */
record CalibrationReport(
    String checkpointId,
    String sha256,
    int studies,
    int patients,
    List<Row> findings,
    Integer familiar,
    Double vectorThreshold,
    Double pictureThreshold,
    String withoutFamiliarity) {

  /** A finding: figures before and after, cross-validated; null where nothing was tried. */
  private record Row(
      String finding,
      String method,
      int studies,
      int present,
      Double brierBefore,
      Double brierAfter,
      Double errorBefore,
      Double errorAfter) {

    private static Row of(CalibratedFinding finding) {
      FittedCalibration fitted = finding.fitted();
      return new Row(
          finding.scored().finding(),
          fitted
              .reason()
              .map(reason -> reason.name().toLowerCase(Locale.ROOT))
              .orElseGet(() -> CalibrationTable.how(fitted).toLowerCase(Locale.ROOT)),
          fitted.studies(),
          fitted.present(),
          fitted.before().map(CalibrationFigures::brier).orElse(null),
          fitted.after().map(CalibrationFigures::brier).orElse(null),
          fitted.before().map(CalibrationFigures::error).orElse(null),
          fitted.after().map(CalibrationFigures::error).orElse(null));
    }
  }

  static CalibrationReport of(CheckpointCalibrator.Written written) {
    CheckpointCalibration calibration = written.calibrated().calibration();
    return new CalibrationReport(
        written.checkpointId(),
        written.sha256(),
        calibration.panel().studies(),
        calibration.panel().patients(),
        calibration.findings().stream().map(Row::of).toList(),
        calibration.familiarity().map(known -> known.vectors().vectors().length).orElse(null),
        calibration.familiarity().map(known -> known.vectors().threshold()).orElse(null),
        calibration.familiarity().map(known -> known.pictures().threshold()).orElse(null),
        written.calibrated().withoutFamiliarity().orElse(null));
  }
}
