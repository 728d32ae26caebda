package io.radstream.cli;

import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.checkpoints.CheckpointCalibration;
import io.radstream.evaluation.CalibrationFigures;
import io.radstream.evaluation.CalibrationFit;
import io.radstream.evaluation.FittedCalibration;
import io.radstream.evaluation.Isotonic;
import io.radstream.serving.calibration.CheckpointCalibrator;
import java.io.PrintWriter;
import java.util.Locale;

/** A calibration as a table for people. */
final class CalibrationTable {

  private static final String ROW = "%-24s %-8s %7s %6s  %-17s %-17s %s%n";

  private CalibrationTable() {}

  static void print(CheckpointCalibrator.Written written, PrintWriter out) {
    CheckpointCalibration calibration = written.calibrated().calibration();
    out.printf(
        "checkpoint %s, panel with studies: %d, patients: %d%n",
        written.checkpointId(), calibration.panel().studies(), calibration.panel().patients());
    out.printf(
        ROW, "FINDING", "FROM", "STUDIES", "WITH", "BRIER SCORE", "CALIB. ERROR", "CALIBRATED");
    calibration.findings().forEach(finding -> print(finding, out));
    out.println(
        written
            .calibrated()
            .withoutFamiliarity()
            .map(reason -> "How familiar a study is will not be told: " + reason + ".")
            .orElseGet(() -> familiarity(calibration.familiarity().orElseThrow())));
    out.flush();
  }

  private static void print(CalibratedFinding finding, PrintWriter out) {
    FittedCalibration fitted = finding.fitted();
    out.printf(
        ROW,
        finding.scored().finding(),
        finding.scored().prompts().isPresent() ? "prompts" : "labels",
        fitted.studies(),
        fitted.present(),
        both(
            fitted.before().map(CalibrationFigures::brier).orElse(null),
            fitted.after().map(CalibrationFigures::brier).orElse(null)),
        both(
            fitted.before().map(CalibrationFigures::error).orElse(null),
            fitted.after().map(CalibrationFigures::error).orElse(null)),
        how(fitted));
  }

  private static String both(Double before, Double after) {
    return before == null ? "-" : number(before) + " -> " + number(after);
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  static String how(FittedCalibration fitted) {
    if (fitted.reason().isEmpty()) {
      return fitted.calibration() instanceof Isotonic ? "isotonic" : "Platt";
    }
    return switch (fitted.reason().get()) {
      case TOO_FEW ->
          "no: fewer than %d patients with it, or without".formatted(CalibrationFit.LEAST_PATIENTS);
      case WRONG_WAY -> "no: its scores do not rise with it";
      case NO_BETTER -> "no: nothing was better than the network's own";
    };
  }

  private static String familiarity(CheckpointCalibration.Familiarity known) {
    return String.format(
        Locale.ROOT,
        "A study is unfamiliar beyond a distance of %.4f of its vector, or %.4f of a picture; %.0f %%"
            + " of the panel are nearer (neighbour %d of %d studies, of %d pictures).",
        known.vectors().threshold(),
        known.pictures().threshold(),
        100 * known.quantile(),
        known.neighbours(),
        known.vectors().vectors().length,
        known.pictures().vectors().length);
  }
}
