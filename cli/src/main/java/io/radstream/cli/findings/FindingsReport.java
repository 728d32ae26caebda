package io.radstream.cli.findings;

import io.radstream.evaluation.findings.FindingFigures;
import io.radstream.evaluation.findings.FindingFigures.AtThreshold;
import io.radstream.trainer.testing.FindingsEvaluation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of an evaluation, for JSON; null is what the studies do not define.
 *
 * @param split topic of the tuples
 * @param against another checkpoint on the same studies; null where none was named
 */
public record FindingsReport(
    String evaluationId,
    String checkpointId,
    String split,
    int reading,
    int studies,
    int patients,
    int unlabelled,
    int withdrawn,
    int unreadable,
    String operatingRule,
    String operatingSplit,
    long seed,
    int draws,
    double level,
    Shown meanAuc,
    Shown meanAveragePrecision,
    List<Row> findings,
    AgainstReport against) {

  /**
   * Of a finding.
   *
   * @param prompts SHA-256 of the sentences that it is told by; null where the label head tells it
   */
  public record Row(
      String finding,
      int present,
      int absent,
      Shown auc,
      Shown averagePrecision,
      Double threshold,
      Shown sensitivity,
      Shown specificity,
      Shown brier,
      Double calibrationError,
      String prompts) {

    private static Row of(FindingFigures figures, Optional<String> prompts) {
      Optional<AtThreshold> point = figures.atThreshold();
      return new Row(
          figures.finding(),
          figures.present(),
          figures.absent(),
          Shown.of(figures.auc()),
          Shown.of(figures.averagePrecision()),
          point.map(AtThreshold::threshold).orElse(null),
          Shown.of(point.flatMap(AtThreshold::sensitivity)),
          Shown.of(point.flatMap(AtThreshold::specificity)),
          Shown.of(figures.brier()),
          figures.calibrationError().isPresent() ? figures.calibrationError().getAsDouble() : null,
          prompts.orElse(null));
    }
  }

  public FindingsReport {
    findings = List.copyOf(findings);
  }

  public static FindingsReport of(FindingsEvaluation evaluation, Optional<AgainstReport> against) {
    return new FindingsReport(
        evaluation.id(),
        evaluation.checkpoint().id(),
        evaluation.split().suffix(),
        evaluation.reading(),
        evaluation.figures().studies(),
        evaluation.figures().patients(),
        evaluation.scored().omitted().unlabelled(),
        evaluation.scored().omitted().withdrawn(),
        evaluation.scored().omitted().unreadable(),
        evaluation.points().rule().toString(),
        evaluation.points().split().suffix(),
        evaluation.bootstrap().seed(),
        evaluation.bootstrap().rounds(),
        evaluation.bootstrap().level(),
        Shown.of(evaluation.figures().meanAuc()),
        Shown.of(evaluation.figures().meanAveragePrecision()),
        rows(evaluation),
        against.orElse(null));
  }

  private static List<Row> rows(FindingsEvaluation evaluation) {
    Map<String, Optional<String>> prompts = new HashMap<>();
    evaluation.scored().ways().forEach(way -> prompts.put(way.finding(), way.prompts()));
    return evaluation.figures().findings().stream()
        .map(figures -> Row.of(figures, prompts.get(figures.finding())))
        .toList();
  }
}
