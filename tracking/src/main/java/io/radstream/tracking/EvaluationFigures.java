package io.radstream.tracking;

import io.radstream.schemas.EstimatedFigure;
import io.radstream.schemas.EvaluatedFinding;
import io.radstream.schemas.Evaluation;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an evaluation of a checkpoint gave. Checkpoints may be judged in any order, long after their
 * run, and more than once: steps do not rise from one to the next.
 *
 * @param id of the evaluation
 * @param line model line
 * @param run that wrote the checkpoint
 * @param checkpoint its id
 * @param step of the checkpoint
 * @param split whose studies it was judged on: {@code validation}, {@code test}
 * @param values by name: {@code auc_<finding>}, its interval's ends {@code auc_<finding>_low} and
 *     {@code _high}, {@code auc} of all findings together, and so on; those that the studies do not
 *     define are left out
 */
public record EvaluationFigures(
    String id,
    String line,
    String run,
    String checkpoint,
    long step,
    Instant time,
    String split,
    SortedMap<String, Double> values) {

  private static final String SPLIT_PREFIX = "tuples.";

  /** More digits than a step has ever. */
  private static final String STEP = "[0-9]{1,18}";

  public EvaluationFigures {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Of validation and test apart, and apart from what a run's own validation gave. */
  public String group() {
    return "evaluation_" + split;
  }

  /**
   * @param part of an evaluation; the figures are in each
   * @return empty where the checkpoint's id does not name a step of its line
   */
  public static Optional<EvaluationFigures> of(Evaluation part) {
    String checkpoint = part.getCheckpointId();
    String before = part.getLine() + "-";
    String step = checkpoint.startsWith(before) ? checkpoint.substring(before.length()) : "";
    return step.matches(STEP)
        ? Optional.of(
            new EvaluationFigures(
                part.getEvaluationId(),
                part.getLine(),
                part.getRunId(),
                checkpoint,
                Long.parseLong(step),
                part.getTime(),
                part.getSplit().startsWith(SPLIT_PREFIX)
                    ? part.getSplit().substring(SPLIT_PREFIX.length())
                    : part.getSplit(),
                values(part)))
        : Optional.empty();
  }

  private static SortedMap<String, Double> values(Evaluation part) {
    SortedMap<String, Double> values = new TreeMap<>();
    values.put("studies", (double) part.getStudies());
    values.put("patients", (double) part.getPatients());
    values.put("reading", (double) part.getReading());
    put(values, "auc", part.getMeanAuc());
    put(values, "average_precision", part.getMeanAveragePrecision());
    for (EvaluatedFinding finding : part.getFindings()) {
      String name = "_" + finding.getFinding();
      put(values, "auc" + name, finding.getAuc());
      put(values, "average_precision" + name, finding.getAveragePrecision());
      put(values, "sensitivity" + name, finding.getSensitivity());
      put(values, "specificity" + name, finding.getSpecificity());
      put(values, "brier" + name, finding.getBrier());
      put(values, "threshold" + name, finding.getThreshold());
      put(values, "calibration_error" + name, finding.getCalibrationError());
    }
    return values;
  }

  private static void put(Map<String, Double> values, String name, EstimatedFigure figure) {
    if (figure != null) {
      put(values, name, figure.getValue());
      put(values, name + "_low", figure.getLow());
      put(values, name + "_high", figure.getHigh());
    }
  }

  private static void put(Map<String, Double> values, String name, Double value) {
    if (value != null && Double.isFinite(value)) {
      values.put(name, value);
    }
  }
}
