package io.radstream.cli.card;

import io.radstream.cli.card.CheckpointCard.Figures;
import io.radstream.cli.card.CheckpointCard.Judged;
import io.radstream.cli.findings.Shown;
import io.radstream.schemas.EstimatedFigure;
import io.radstream.schemas.EvaluatedFinding;
import io.radstream.schemas.Evaluation;
import java.util.Map;

/** Evaluations of the topic, as a card has them. */
record JudgedRecords(SmallCells cells) {

  private static final String PRESENT = "present";
  private static final String ABSENT = "absent";

  Judged judged(Evaluation record) {
    return new Judged(
        record.getEvaluationId(),
        record.getTime().toString(),
        record.getSplit(),
        record.getReading(),
        cells.shown(record.getStudies()),
        cells.shown(record.getPatients()),
        record.getOperatingRule(),
        record.getOperatingSplit(),
        record.getLevel(),
        shown(record.getMeanAuc()),
        shown(record.getMeanAveragePrecision()),
        record.getFindings().stream().map(this::figures).toList());
  }

  private Figures figures(EvaluatedFinding finding) {
    Map<String, Long> counts =
        cells.shown(
            Map.of(
                PRESENT, (long) finding.getPresent(),
                ABSENT, (long) finding.getAbsent()));
    return new Figures(
        finding.getFinding(),
        finding.getPrompts() != null,
        counts.get(PRESENT),
        counts.get(ABSENT),
        shown(finding.getAuc()),
        shown(finding.getAveragePrecision()),
        shown(finding.getSensitivity()),
        shown(finding.getSpecificity()),
        shown(finding.getBrier()),
        finding.getCalibrationError());
  }

  private static Shown shown(EstimatedFigure figure) {
    return figure == null
        ? null
        : new Shown(figure.getValue(), figure.getLow(), figure.getHigh(), figure.getDraws());
  }
}
