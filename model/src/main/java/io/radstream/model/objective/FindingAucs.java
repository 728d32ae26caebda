package io.radstream.model.objective;

import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Scored;
import io.radstream.model.network.StudyBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Gathers what a label head gave to the studies whose labels are known. */
public final class FindingAucs implements ValidationFigures {

  /** The mean over findings; with {@code _<finding>} behind it, of one. */
  public static final String AUC = "validation_auc";

  /** A label is a probability; from here on the finding counts as present. */
  private static final double PRESENT = 0.5;

  private final List<String> findings;
  private final List<List<Scored>> scores = new ArrayList<>();

  /**
   * @param findings in the order of the head's outputs
   */
  FindingAucs(List<String> findings) {
    this.findings = List.copyOf(findings);
    findings.forEach(finding -> scores.add(new ArrayList<>()));
  }

  /** Whether a finding counts as present, by its label. */
  public static boolean isPresent(float label) {
    return label >= PRESENT;
  }

  @Override
  public void add(StudyBatch batch, Evaluation evaluation) {
    for (int study = 0; study < evaluation.findings().length; study++) {
      for (int finding = 0; finding < findings.size(); finding++) {
        float label = batch.labels()[study][finding];
        if (!Float.isNaN(label)) {
          float score = evaluation.findings()[study][finding];
          scores.get(finding).add(new Scored(score, isPresent(label)));
        }
      }
    }
  }

  /** Of each finding with studies of both kinds, and their mean; empty where there is none. */
  @Override
  public Map<String, Double> values() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int finding = 0; finding < findings.size(); finding++) {
      OptionalDouble auc = Auc.of(scores.get(finding));
      if (auc.isPresent()) {
        figures.put(AUC + "_" + findings.get(finding), auc.getAsDouble());
      }
    }
    figures.values().stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .ifPresent(mean -> figures.put(AUC, mean));
    return figures;
  }
}
