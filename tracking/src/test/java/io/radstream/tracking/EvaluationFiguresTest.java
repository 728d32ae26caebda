package io.radstream.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.EstimatedFigure;
import io.radstream.schemas.EvaluatedFinding;
import io.radstream.schemas.Evaluation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationFiguresTest {

  private static Evaluation.Builder evaluation() {
    EvaluatedFinding edema =
        EvaluatedFinding.newBuilder()
            .setFinding("edema")
            .setPresent(3)
            .setAbsent(5)
            .setAuc(new EstimatedFigure(0.75, 0.5, 0.875, 50))
            .setBrier(new EstimatedFigure(0.25, null, null, 0))
            .setCalibrationError(Double.NaN)
            .build();
    return Evaluation.newBuilder()
        .setEvaluationId("e")
        .setTime(Instant.EPOCH)
        .setCheckpointId("a-line-000003000")
        .setCheckpointDigest("00")
        .setLine("a-line")
        .setRunId("a-line-1")
        .setSplit("tuples.test")
        .setReading(2)
        .setRanges(List.of())
        .setStudies(8)
        .setPatients(7)
        .setUnlabelled(0)
        .setWithdrawn(0)
        .setUnreadable(0)
        .setFindings(List.of(edema))
        .setMeanAuc(new EstimatedFigure(0.75, 0.5, 0.875, 50))
        .setOperatingRule("youden")
        .setOperatingSplit("tuples.validation")
        .setOperatingRanges(List.of())
        .setBootstrapSeed(1)
        .setBootstrapDraws(50)
        .setLevel(0.95)
        .setPart(0)
        .setParts(1)
        .setPredictions(List.of());
  }

  @Test
  void shouldNameWhatTheStudiesDefine() {
    EvaluationFigures figures = EvaluationFigures.of(evaluation().build()).orElseThrow();

    assertThat(figures.step()).isEqualTo(3000);
    assertThat(figures.group()).isEqualTo("evaluation_test");
    assertThat(figures.values())
        .containsOnlyKeys(
            "auc",
            "auc_edema",
            "auc_edema_high",
            "auc_edema_low",
            "auc_high",
            "auc_low",
            "brier_edema",
            "patients",
            "reading",
            "studies")
        .containsEntry("auc_edema_low", 0.5)
        .containsEntry("reading", 2.0);
  }

  @Test
  void shouldNotGuessTheStepOfACheckpointThatIsNoneOfItsLine() {
    assertThat(EvaluationFigures.of(evaluation().setLine("another").build())).isEmpty();
    assertThat(EvaluationFigures.of(evaluation().setCheckpointId("a-line-best").build())).isEmpty();
  }
}
