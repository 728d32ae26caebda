package io.radstream.serving.score;

import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.checkpoints.CalibrationState;
import io.radstream.checkpoints.CheckpointCalibration;
import io.radstream.evaluation.Calibration;
import io.radstream.evaluation.NearestNeighbours;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the answers of a model are read. Thread-safe. */
public final class ModelCalibration {

  /** Of a model that nobody has calibrated. */
  public static final ModelCalibration NONE =
      new ModelCalibration(
          Optional.empty(),
          Optional.of("the checkpoint was not calibrated (radstream calibrate)"),
          Map.of(),
          Optional.empty());

  private static final String NOT_THESE =
      "none of these findings, scored from these sentences, was calibrated";

  private record Bank(NearestNeighbours known, double threshold) {

    private static Bank of(CheckpointCalibration.Bank bank, int neighbours) {
      return new Bank(new NearestNeighbours(bank.vectors(), neighbours), bank.threshold());
    }

    private Familiarity.Distance farthest(List<float[]> vectors) {
      return new Familiarity.Distance(known.farthest(vectors), threshold);
    }
  }

  private record Known(Bank vectors, Bank pictures) {

    private static Known of(CheckpointCalibration.Familiarity familiarity) {
      return new Known(
          Bank.of(familiarity.vectors(), familiarity.neighbours()),
          Bank.of(familiarity.pictures(), familiarity.neighbours()));
    }

    private Optional<Familiarity> of(float[] vector, List<float[]> sketches) {
      boolean fits =
          vector.length == vectors.known.dimensions()
              && sketches.get(0).length == pictures.known.dimensions();
      return fits
          ? Optional.of(
              new Familiarity(vectors.farthest(List.of(vector)), pictures.farthest(sketches)))
          : Optional.empty();
    }
  }

  private final Optional<String> sha256;
  private final Optional<String> reason;
  private final Map<CalibratedFinding.Scored, Calibration> findings;
  private final Optional<Known> known;

  private ModelCalibration(
      Optional<String> sha256,
      Optional<String> reason,
      Map<CalibratedFinding.Scored, Calibration> findings,
      Optional<Known> known) {
    this.sha256 = sha256;
    this.reason = reason;
    this.findings = findings;
    this.known = known;
  }

  /**
   * @param applied whether probabilities are to be calibrated; how familiar a study is is told
   *     anyway
   */
  public static ModelCalibration of(CalibrationState state, boolean applied) {
    if (state instanceof CalibrationState.Usable usable) {
      try {
        return of(usable, applied);
      } catch (IllegalArgumentException e) {
        return unusable(e.getMessage());
      }
    }
    return state instanceof CalibrationState.Unusable unusable ? unusable(unusable.reason()) : NONE;
  }

  private static ModelCalibration unusable(String reason) {
    return new ModelCalibration(Optional.empty(), Optional.of(reason), Map.of(), Optional.empty());
  }

  private static ModelCalibration of(CalibrationState.Usable usable, boolean applied) {
    Map<CalibratedFinding.Scored, Calibration> findings = new HashMap<>();
    for (CalibratedFinding finding : usable.calibration().findings()) {
      Calibration calibration = finding.fitted().calibration();
      if (applied && !(calibration instanceof Calibration.Identity)) {
        findings.put(finding.scored(), calibration);
      }
    }
    Optional<String> reason = Optional.empty();
    if (findings.isEmpty()) {
      reason =
          Optional.of(
              applied
                  ? "no finding could be calibrated on the panel"
                  : "the service was told not to calibrate (--no-calibration)");
    }
    return new ModelCalibration(
        Optional.of(usable.sha256()),
        reason,
        Map.copyOf(findings),
        usable.calibration().familiarity().map(Known::of));
  }

  /** Of the file that it comes from, in lower-case hexadecimal; empty without one. */
  public Optional<String> sha256() {
    return sha256;
  }

  /** Why nothing is calibrated; empty where something is. */
  public Optional<String> reason() {
    return reason;
  }

  /** Whether it can be told of a study how familiar it is. */
  public boolean tellsFamiliarity() {
    return known.isPresent();
  }

  /** Whether it reads in the same way, and for the same reason. */
  public boolean isLike(ModelCalibration other) {
    return sha256.equals(other.sha256) && reason.equals(other.reason);
  }

  /**
   * @param ways how each finding was scored
   * @param raw finding to what the network says
   * @param familiarity of the study
   */
  Reading read(
      Map<String, CalibratedFinding.Scored> ways,
      Map<String, Double> raw,
      Optional<Familiarity> familiarity) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    Set<String> calibrated = new LinkedHashSet<>();
    raw.forEach(
        (finding, probability) -> {
          Calibration calibration =
              ways.containsKey(finding) ? findings.get(ways.get(finding)) : null;
          probabilities.put(
              finding, calibration == null ? probability : calibration.of(probability));
          if (calibration != null) {
            calibrated.add(finding);
          }
        });
    return new Reading(
        Collections.unmodifiableMap(probabilities),
        Collections.unmodifiableSet(calibrated),
        calibrated.isEmpty() ? reason.or(() -> Optional.of(NOT_THESE)) : Optional.empty(),
        sha256,
        familiarity);
  }

  /**
   * How familiar a study is; empty where nothing is known of that.
   *
   * @param images its three views as the network sees them
   */
  Optional<Familiarity> familiarity(float[] vector, float[] images) {
    return known.flatMap(banks -> banks.of(vector, PictureSketch.of(images)));
  }
}
