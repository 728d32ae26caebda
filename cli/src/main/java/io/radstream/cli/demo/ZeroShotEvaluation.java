package io.radstream.cli.demo;

import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Scored;
import io.radstream.producers.phantom.Finding;
import io.radstream.producers.phantom.PhantomStudy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well the served checkpoint finds what was drawn, although it never saw a label.
 *
 * @param aucByFinding only findings that both occur and are absent in the studies
 */
record ZeroShotEvaluation(Map<String, Double> aucByFinding) {

  static ZeroShotEvaluation of(ScoreClient client, HeldOut studies)
      throws IOException, InterruptedException {
    Map<Finding, List<Scored>> scores = new EnumMap<>(Finding.class);
    for (Iterator<PhantomStudy> all = studies.all().iterator(); all.hasNext(); ) {
      PhantomStudy study = all.next();
      Map<String, Double> probabilities = client.score(study).probabilities();
      for (Finding finding : Finding.values()) {
        scores
            .computeIfAbsent(finding, key -> new ArrayList<>())
            .add(new Scored(probabilities.get(finding.label()), study.truth().has(finding)));
      }
    }
    Map<String, Double> aucs = new TreeMap<>();
    scores.forEach(
        (finding, scored) -> Auc.of(scored).ifPresent(auc -> aucs.put(finding.label(), auc)));
    return new ZeroShotEvaluation(aucs);
  }

  /** Mean over the findings. */
  double mean() {
    return aucByFinding.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
