package io.radstream.serving.calibration;

import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.checkpoints.CheckpointCalibration;
import io.radstream.evaluation.CalibrationFit;
import io.radstream.evaluation.NearestNeighbours;
import io.radstream.evaluation.Scored;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.panel.Panel;
import io.radstream.serving.panel.PanelStudy;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.StudyScoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has a model score the studies of a panel, and fits each finding that some of them are labelled
 * with. For one thread.
 */
public final class Calibrator {

  /** Studies that a bank has at least. */
  static final int LEAST_KNOWN = 50;

  /** Studies of the panel below which their quantile means nothing. */
  static final int LEAST_PANEL = 50;

  private static final int NEIGHBOURS = 10;
  private static final double QUANTILE = 0.99;
  private static final double LEAST_THRESHOLD = 1e-6;

  private final Panel panel;
  private final Effort effort;

  public Calibrator(Panel panel, Effort effort) {
    this.panel = panel;
    this.effort = effort;
  }

  /**
   * @param weights SHA-256 of the model's weights, in lower-case hexadecimal
   * @param known studies that the network has learned from; those that cannot be read are left out
   * @throws IllegalStateException where the model gives what is no number
   */
  public Calibrated calibrate(ScoringModel model, String weights, List<StudyViews> known) {
    effort.begins(panel.studies().size() + known.size());
    List<ScoredStudy> scored = new ArrayList<>();
    List<List<float[]>> sketches = new ArrayList<>();
    for (List<StudyViews> some : StudyScoring.parts(panel.views())) {
      List<StudyInput> prepared = some.stream().map(model::prepare).toList();
      scored.addAll(model.score(prepared));
      prepared.stream().map(ScoringModel::sketches).forEach(sketches::add);
      effort.scored(some.size());
    }
    Optional<String> lacking = lacking(scored);
    Optional<CheckpointCalibration.Familiarity> familiarity = Optional.empty();
    if (lacking.isEmpty()) {
      KnownVectors bank = KnownVectors.of(model, StudyScoring.parts(known), effort);
      lacking = tooFew(bank.least(), known.size());
      familiarity =
          lacking.isEmpty() ? Optional.of(familiarity(bank, scored, sketches)) : Optional.empty();
    }
    return new Calibrated(
        new CheckpointCalibration(
            weights,
            new CheckpointCalibration.Panel(panel.digest(), scored.size(), patients()),
            findings(model.ways(), scored),
            familiarity),
        lacking);
  }

  private static Optional<String> lacking(List<ScoredStudy> scored) {
    return scored.size() < LEAST_PANEL
        ? Optional.of(
            "a threshold needs a panel of %d studies; this one has %d"
                .formatted(LEAST_PANEL, scored.size()))
        : Optional.empty();
  }

  private static Optional<String> tooFew(int usable, int drawn) {
    if (drawn == 0) {
      return Optional.of("no studies that the network knows were asked for, or are there");
    }
    return usable < LEAST_KNOWN
        ? Optional.of(
            "%d studies that the network knows are needed; found: %d"
                .formatted(LEAST_KNOWN, usable))
        : Optional.empty();
  }

  private int patients() {
    return (int) panel.studies().stream().map(PanelStudy::patient).distinct().count();
  }

  private List<CalibratedFinding> findings(
      Map<String, CalibratedFinding.Scored> ways, List<ScoredStudy> scored) {
    List<CalibratedFinding> findings = new ArrayList<>();
    ways.forEach(
        (finding, way) ->
            findings.add(new CalibratedFinding(way, CalibrationFit.of(labelled(finding, scored)))));
    return findings;
  }

  private List<CalibrationFit.Study> labelled(String finding, List<ScoredStudy> scored) {
    List<CalibrationFit.Study> labelled = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) {
      PanelStudy study = panel.studies().get(i);
      Boolean there = study.labels().get(finding);
      if (there != null) {
        double probability = scored.get(i).probabilities().get(finding);
        labelled.add(new CalibrationFit.Study(study.patient(), new Scored(probability, there)));
      }
    }
    return labelled;
  }

  private static CheckpointCalibration.Familiarity familiarity(
      KnownVectors known, List<ScoredStudy> scored, List<List<float[]>> sketches) {
    return new CheckpointCalibration.Familiarity(
        bank(known.vectors(), scored.stream().map(study -> List.of(study.vector())).toList()),
        bank(known.sketches(), sketches),
        NEIGHBOURS,
        QUANTILE);
  }

  private static CheckpointCalibration.Bank bank(List<float[]> known, List<List<float[]>> typical) {
    float[][] vectors = known.toArray(float[][]::new);
    double threshold = new NearestNeighbours(vectors, NEIGHBOURS).quantile(typical, QUANTILE);
    return new CheckpointCalibration.Bank(vectors, Math.max(threshold, LEAST_THRESHOLD));
  }
}
