package io.radstream.serving.panel;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a panel said of a checkpoint, as the figures of the gate's verdict tell it.
 *
 * @param studies of the panel
 * @param findings that studies of the panel are labelled with, in the order of their names
 */
public record PanelResult(long studies, List<FindingResult> findings) {

  public PanelResult {
    findings = List.copyOf(findings);
  }

  /**
   * @param figures of a verdict, by name
   * @return empty where they are of no panel
   */
  public static Optional<PanelResult> of(Map<String, Double> figures) {
    return Optional.ofNullable(figures.get(FigureNames.STUDIES))
        .map(
            studies ->
                new PanelResult(
                    studies.longValue(),
                    FigureNames.findings(figures.keySet()).stream()
                        .map(finding -> FindingResult.of(finding, figures))
                        .toList()));
  }
}
