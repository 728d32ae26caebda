package io.radstream.trainer.validation;

import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Scored;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.Evaluation;
import io.radstream.trainer.figures.MetricNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Gathers what a label head gave to the studies whose labels are known. */
final class FindingAucs {

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

  void add(Evaluation evaluation, StudyBatch batch) {
    for (int study = 0; study < evaluation.findings().length; study++) {
      for (int finding = 0; finding < findings.size(); finding++) {
        float label = batch.labels()[study][finding];
        if (!Float.isNaN(label)) {
          float score = evaluation.findings()[study][finding];
          scores.get(finding).add(new Scored(score, label >= PRESENT));
        }
      }
    }
  }

  /** Of each finding with studies of both kinds, and their mean; empty where there is none. */
  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int finding = 0; finding < findings.size(); finding++) {
      OptionalDouble auc = Auc.of(scores.get(finding));
      if (auc.isPresent()) {
        figures.put(MetricNames.VALIDATION_AUC + "_" + findings.get(finding), auc.getAsDouble());
      }
    }
    figures.values().stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .ifPresent(mean -> figures.put(MetricNames.VALIDATION_AUC, mean));
    return figures;
  }
}
