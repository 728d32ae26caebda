package io.radstream.experiments.results;

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
  }
}
