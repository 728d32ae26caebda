package io.radstream.evaluation.findings;

import java.util.List;
import java.util.Optional;

/**
 * How good a model is on the studies of a split.
 *
 * @param meanAuc the mean over those findings that have studies of both kinds (macro). A draw that
 *     lacks a kind of one of them does not define it
 * @param meanAveragePrecision over the same findings
 */
public record SplitFigures(
    int studies,
    int patients,
    List<FindingFigures> findings,
    Optional<Estimate> meanAuc,
    Optional<Estimate> meanAveragePrecision) {

  public SplitFigures {
    findings = List.copyOf(findings);
  }
}
