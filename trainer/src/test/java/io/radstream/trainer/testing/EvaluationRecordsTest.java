package io.radstream.trainer.testing;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.findings.FindingsMeasure;
import io.radstream.evaluation.findings.OperatingRule;
import io.radstream.schemas.EvaluatedStudy;
import io.radstream.schemas.Evaluation;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationRecordsTest {

  private static final int MEBIBYTE = 1024 * 1024;

  @ParameterizedTest
  @CsvSource({"0, 2, 1", "2000, 2, 1", "2001, 2, 2", "900, 200, 2"})
  void shouldTellOfAllStudiesInPartsThatABrokerTakes(int studies, int findings, int parts) {
    FindingsEvaluation evaluation = evaluation(studies, findings);

    List<Evaluation> records = EvaluationRecords.of(evaluation);

    assertThat(records).hasSize(parts);
    assertThat(records).allMatch(record -> record.getParts() == parts);
    assertThat(records.stream().map(Evaluation::getPart))
        .containsExactlyElementsOf(IntStream.range(0, parts).boxed().toList());
    assertThat(
            records.stream()
                .flatMap(record -> record.getPredictions().stream())
                .map(EvaluatedStudy::getStudyId))
        .containsExactlyElementsOf(
            evaluation.scored().studies().stream().map(ScoredStudy::studyId).toList());
    try (RecordSerde<Evaluation> serde = RecordSerde.of(Evaluation.class, CONNECTION)) {
      assertThat(records)
          .allMatch(
              record -> serde.serializer().serialize("test.evaluations", record).length < MEBIBYTE);
    }
  }

  static FindingsEvaluation evaluation(int studies, int findings) {
    ScoredSplit scored =
        new ScoredSplit(
            IntStream.range(0, findings)
                .mapToObj(i -> new Scored("finding " + i, Optional.empty()))
                .toList(),
            IntStream.range(0, studies).mapToObj(i -> study(i, findings)).toList(),
            List.of(),
            OmittedStudies.NONE);
    Bootstrap bootstrap = new Bootstrap(1, 1, 0.95);
    CheckpointState state =
        new CheckpointState(
            "line", "run", 1, 0, 1, "t", null, "2026-11-29T12:00:00Z", Map.of(), Map.of(), null);
    return new FindingsEvaluation(
        "id",
        Instant.EPOCH,
        state,
        "digest",
        Topic.TUPLES_TEST,
        1,
        scored,
        new FindingsMeasure(bootstrap).of(scored.judged(), Map.of()),
        OperatingPoints.of(new OperatingRule.Youden(), Topic.TUPLES_VALIDATION, scored),
        bootstrap);
  }

  private static ScoredStudy study(int i, int findings) {
    float[] labels = new float[findings];
    labels[0] = i % 2;
    float[] scores = new float[findings];
    scores[0] = i % 7 / 7f;
    return new ScoredStudy("s".repeat(58) + "%06d".formatted(i), "p".repeat(64), labels, scores);
  }
}
