package io.radstream.experiments.results;

import io.radstream.experiments.plan.Cell;
import java.util.List;

/**
 * A finished and tested cell.
 *
 * @param name of the cell
 * @param fingerprint of the settings that it was run with
 * @param findings in the order of the scores
 * @param studies of the split that was judged, each once
 */
public record CellResult(
    String name,
    String fingerprint,
    String line,
    TrainedNetwork network,
    List<String> findings,
    List<TestedStudy> studies) {

  public CellResult {
    findings = List.copyOf(findings);
    studies = List.copyOf(studies);
    for (TestedStudy study : studies) {
      if (study.scores().size() != findings.size()) {
        throw new IllegalArgumentException(
            "%d scores for %d findings".formatted(study.scores().size(), findings.size()));
      }
    }
  }

  /** Whether it is what these settings gave. */
  public boolean isOf(Cell cell) {
    return fingerprint.equals(cell.fingerprint());
  }
}
