package io.radstream.cli.card;

import io.radstream.cli.card.CheckpointCard.Figures;
import io.radstream.cli.card.CheckpointCard.Judged;
import io.radstream.cli.findings.Shown;
import io.radstream.schemas.EstimatedFigure;
import io.radstream.schemas.EvaluatedFinding;
import io.radstream.schemas.Evaluation;

/** Evaluations of the topic, as a card has them. */
record JudgedRecords(SmallCells cells) {

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
        record.getFindings().stream().map(JudgedRecords::figures).toList());
  }

  private static Figures figures(EvaluatedFinding finding) {
    return new Figures(
        finding.getFinding(),
        finding.getPrompts() != null,
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
