package io.radstream.checkpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.evaluation.Calibration;
import io.radstream.evaluation.CalibrationFigures;
import io.radstream.evaluation.FittedCalibration;
import io.radstream.evaluation.Isotonic;
import io.radstream.evaluation.Platt;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The form of {@code calibration.json}; what is null is not there.
 *
 * @param format which form it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CalibrationJson(
    int format,
    String model,
    CheckpointCalibration.Panel panel,
    List<Finding> findings,
    Familiar familiarity) {

  /** The form that is written; others are not read. */
  static final int FORMAT = 1;

  /**
   * @param scoredBy prompts or labels
   * @param method platt, isotonic, or why there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Finding(
      String finding,
      String scoredBy,
      String promptsSha256,
      String method,
      Double slope,
      Double intercept,
      List<Isotonic.Point> points,
      int studies,
      int present,
      CalibrationFigures before,
      CalibrationFigures after) {

    static Finding of(CalibratedFinding calibrated) {
      FittedCalibration fitted = calibrated.fitted();
      Calibration calibration = fitted.calibration();
      Optional<String> prompts = calibrated.scored().prompts();
      Platt platt = calibration instanceof Platt found ? found : null;
      return new Finding(
          calibrated.scored().finding(),
          prompts.isPresent() ? PROMPTS : LABELS,
          prompts.orElse(null),
          method(fitted),
          platt == null ? null : platt.slope(),
          platt == null ? null : platt.intercept(),
          calibration instanceof Isotonic line ? line.points() : null,
          fitted.studies(),
          fitted.present(),
          fitted.before().orElse(null),
          fitted.after().orElse(null));
    }

    private static String method(FittedCalibration fitted) {
      return fitted
          .reason()
          .map(reason -> reason.name().toLowerCase(Locale.ROOT))
          .orElse(fitted.calibration() instanceof Platt ? PLATT : ISOTONIC);
    }

    private CalibratedFinding read() {
      require(PROMPTS.equals(scoredBy) ? promptsSha256 != null : LABELS.equals(scoredBy));
      require(method != null);
      Calibration calibration = calibration();
      return new CalibratedFinding(
          new CalibratedFinding.Scored(finding, Optional.ofNullable(promptsSha256)),
          new FittedCalibration(
              calibration,
              calibration instanceof Calibration.Identity
                  ? Optional.of(FittedCalibration.Reason.valueOf(method.toUpperCase(Locale.ROOT)))
                  : Optional.empty(),
              studies,
              present,
              Optional.ofNullable(before),
              Optional.ofNullable(after)));
    }

    private Calibration calibration() {
      if (method.equals(PLATT)) {
        require(slope != null && intercept != null);
        return new Platt(slope, intercept);
      }
      if (method.equals(ISOTONIC)) {
        require(points != null);
        return new Isotonic(points);
      }
      return new Calibration.Identity();
    }
  }

  /**
   * @param sha256 of the file with the vectors
   */
  record Familiar(
      String sha256,
      int neighbours,
      double quantile,
      double vectorThreshold,
      double pictureThreshold) {

    private CheckpointCalibration.Familiarity read(Map<String, float[][]> lists) {
      return new CheckpointCalibration.Familiarity(
          new CheckpointCalibration.Bank(lists.get(VECTORS), vectorThreshold),
          new CheckpointCalibration.Bank(lists.get(PICTURES), pictureThreshold),
          neighbours,
          quantile);
    }
  }

  /** Names of the lists of vectors. */
  static final String VECTORS = "vectors";

  static final String PICTURES = "pictures";

  private static final String PROMPTS = "prompts";
  private static final String LABELS = "labels";
  private static final String PLATT = "platt";
  private static final String ISOTONIC = "isotonic";

  /**
   * @param vectors SHA-256 of the file with the vectors; empty where there is none
   */
  static CalibrationJson of(CheckpointCalibration calibration, Optional<String> vectors) {
    return new CalibrationJson(
        FORMAT,
        calibration.model(),
        calibration.panel(),
        calibration.findings().stream().map(Finding::of).toList(),
        calibration
            .familiarity()
            .map(
                known ->
                    new Familiar(
                        vectors.orElseThrow(),
                        known.neighbours(),
                        known.quantile(),
                        known.vectors().threshold(),
                        known.pictures().threshold()))
            .orElse(null));
  }

  /**
   * @param vectors the lists that belong to it; empty where it names none
   * @throws IllegalArgumentException where its parts do not fit each other
   */
  CheckpointCalibration read(Optional<Map<String, float[][]>> vectors) {
    require(panel != null && findings != null);
    return new CheckpointCalibration(
        model,
        panel,
        findings.stream().map(Finding::read).toList(),
        vectors.map(lists -> familiarity.read(lists)));
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("a part of it is missing");
    }
  }
}
