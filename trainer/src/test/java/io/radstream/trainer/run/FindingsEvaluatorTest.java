package io.radstream.trainer.run;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.findings.FindingsComparison.Comparison;
import io.radstream.evaluation.findings.OperatingRule;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.EvaluatedStudy;
import io.radstream.schemas.Evaluation;
import io.radstream.schemas.ReadRange;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.testing.EvaluationRequest;
import io.radstream.trainer.testing.FindingsEvaluation;
import io.radstream.trainer.testing.FindingsEvaluator;
import io.radstream.trainer.testing.LabelHead;
import io.radstream.trainer.testing.ScoredStudy;
import io.radstream.trainer.testing.ScoringListener;
import io.radstream.trainer.testing.TestReadException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a very small network, judged on topics in memory. */
class FindingsEvaluatorTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 100, 0.95);

  private static ReportTokenizers tokenizers;

  @TempDir private Path root;
  private final FakeCluster cluster = new FakeCluster();
  private HeldOutStudies held;

  @BeforeAll
  static void loadTokenizer() throws IOException {
    tokenizers = ReportTokenizers.shared(Tuples.tokenizer());
  }

  @AfterAll
  static void closeTokenizer() {
    tokenizers.close();
  }

  @BeforeEach
  void train() throws Exception {
    held =
        new HeldOutStudies(
            tokenizers,
            root,
            cluster,
            Topic.TUPLES_TRAIN,
            Topic.TUPLES_VALIDATION,
            Topic.TUPLES_TEST);
    held.train("schedule.steps=1");
  }

  @Test
  void shouldRecordWhatItTells() throws Exception {
    FindingsEvaluation told = evaluate(Topic.TUPLES_TEST, false);

    Evaluation record = records().get(0);
    assertThat(records()).hasSize(1);
    assertThat(record.getEvaluationId()).isEqualTo(told.id()).startsWith("line-000000001-");
    assertThat(record.getTime()).isEqualTo(NOW);
    assertThat(record.getLine()).isEqualTo("line");
    assertThat(record.getReading()).isEqualTo(1);
    assertThat(record.getStudies()).isEqualTo(HeldOutStudies.STUDIES);
    assertThat(record.getSplit()).isEqualTo("tuples.test");
    assertThat(record.getOperatingSplit()).isEqualTo("tuples.validation");
    assertThat(record.getRanges())
        .extracting(ReadRange::getTopic)
        .containsOnly("test.tuples.test", "test.labels");
    assertThat(record.getOperatingRanges())
        .extracting(ReadRange::getTopic)
        .containsOnly("test.tuples.validation", "test.labels");
    assertThat(record.getFindings().get(0).getAuc().getValue())
        .isEqualTo(told.figures().meanAuc().orElseThrow().value());
    assertThat(record.getFindings().get(0).getSensitivity()).isNotNull();
    assertThat(record.getPredictions())
        .extracting(EvaluatedStudy::getStudyId)
        .hasSize(HeldOutStudies.STUDIES)
        .allMatch(study -> study.startsWith("tuples.test"));
  }

  @Test
  void shouldReadTheTestOfALineOnce() throws Exception {
    evaluate(Topic.TUPLES_TEST, false);
    held.train("schedule.steps=2");
    int read = cluster.fetched("test.labels");

    assertThatThrownBy(() -> evaluate(Topic.TUPLES_TEST, false))
        .isInstanceOf(TestReadException.class)
        .hasMessageContaining("line line has been judged")
        .hasMessageContaining("checkpoint line-000000001 at 2026-11-29T12:00:00Z");

    assertThat(cluster.fetched("test.labels")).isEqualTo(read);
    assertThat(records()).hasSize(1);
    assertThat(evaluate(Topic.TUPLES_TEST, true).reading()).isEqualTo(2);
    assertThat(records()).hasSize(2);
  }

  @Test
  void shouldTakeFromTheRecordWhatWasToldOfTheSameWeightsAndStudies() throws Exception {
    FindingsEvaluation told = evaluate(Topic.TUPLES_TEST, false);

    try (FindingsEvaluator same = open(Topic.TUPLES_TEST);
        FindingsEvaluator validation = open(Topic.TUPLES_VALIDATION)) {
      List<ScoredStudy> recorded = same.recorded(request(false)).orElseThrow().studies();

      assertThat(recorded)
          .extracting(ScoredStudy::studyId)
          .containsExactlyElementsOf(
              told.scored().studies().stream().map(ScoredStudy::studyId).toList());
      assertThat(recorded.get(0).probabilities())
          .containsExactly(told.scored().studies().get(0).probabilities());
      assertThat(validation.recorded(request(false))).isEmpty();
    }
    held.withdraw("tuples.test3");
    try (FindingsEvaluator without = open(Topic.TUPLES_TEST)) {
      assertThat(without.recorded(request(false)).orElseThrow().studies())
          .extracting(ScoredStudy::studyId)
          .hasSize(HeldOutStudies.STUDIES - 1)
          .doesNotContain("tuples.test3");
    }
    held.append(Topic.TUPLES_TEST, "later", 1);
    try (FindingsEvaluator grown = open(Topic.TUPLES_TEST)) {
      assertThat(grown.recorded(request(false))).isEmpty();
    }
    held.train("schedule.steps=2");
    try (FindingsEvaluator later = open(Topic.TUPLES_TEST)) {
      assertThat(later.recorded(request(false))).isEmpty();
    }
    assertThat(records()).hasSize(1);
  }

  @Test
  void shouldReadTheValidationAsOftenAsItIsAsked() throws Exception {
    evaluate(Topic.TUPLES_VALIDATION, false);

    FindingsEvaluation second = evaluate(Topic.TUPLES_VALIDATION, false);

    assertThat(second.reading()).isEqualTo(2);
    assertThat(second.points().split()).isEqualTo(Topic.TUPLES_VALIDATION);
    assertThat(evaluate(Topic.TUPLES_TEST, false).reading()).isEqualTo(1);
  }

  @Test
  void shouldReadATestThatHasGrownAsOneThatWasRead() throws Exception {
    evaluate(Topic.TUPLES_TEST, false);
    held.append(Topic.TUPLES_TEST, "later", 1);

    assertThatThrownBy(() -> evaluate(Topic.TUPLES_TEST, false))
        .isInstanceOf(TestReadException.class);
  }

  @Test
  void shouldCompareByWhatTheOtherSaidBefore() throws Exception {
    EvaluationRequest earlier = request(false);
    evaluate(Topic.TUPLES_TEST, false);
    held.train("schedule.steps=12", "line=other");

    try (FindingsEvaluator evaluator = open(Topic.TUPLES_TEST)) {
      EvaluationRequest later = earlier.of(held.checkpoint("other"));
      FindingsEvaluation told = evaluator.evaluate(later, ScoringListener.none());
      Comparison comparison = evaluator.compare(told, earlier, ScoringListener.none());
      Comparison self = evaluator.compare(told, later, ScoringListener.none());

      assertThat(records()).hasSize(2);
      assertThat(comparison.meanDifference()).isPresent();
      assertThat(self.meanDifference().orElseThrow().value()).isZero();
    }
  }

  @Test
  void shouldRecordTheOtherWhereItWasNotJudgedBefore() throws Exception {
    held.train("schedule.steps=12", "line=other");

    try (FindingsEvaluator evaluator = open(Topic.TUPLES_TEST)) {
      FindingsEvaluation told = evaluator.evaluate(request(false), ScoringListener.none());
      evaluator.compare(told, request(false).of(held.checkpoint("other")), ScoringListener.none());
    }

    assertThat(records()).extracting(Evaluation::getLine).containsExactly("line", "other");
  }

  private FindingsEvaluation evaluate(Topic split, boolean again) throws Exception {
    try (FindingsEvaluator evaluator = open(split)) {
      return evaluator.evaluate(request(again), ScoringListener.none());
    }
  }

  private EvaluationRequest request(boolean again) throws IOException {
    return new EvaluationRequest(
        held.checkpoint("line"), new LabelHead(), OperatingRule.of("youden"), BOOTSTRAP, again);
  }

  private FindingsEvaluator open(Topic split) throws Exception {
    List<SourceTopics> sources =
        RunSources.of(CheckpointConfig.of(held.checkpoint("line")), cluster, CONNECTION);
    return FindingsEvaluator.open(
        sources,
        split,
        sources,
        cluster,
        CONNECTION,
        DeviceChoice.auto().start(1),
        Clock.fixed(NOW, ZoneOffset.UTC),
        Optional.empty());
  }

  private List<Evaluation> records() {
    String topic = CONNECTION.topics().of(Topic.EVALUATIONS);
    RecordReader<Evaluation> reader = new RecordReader<>(Evaluation.class, CONNECTION);
    return cluster.values(topic).stream()
        .map(value -> reader.read(topic, value))
        .flatMap(
            read ->
                read instanceof Decoded.Valid<Evaluation> valid
                    ? Stream.of(valid.value())
                    : Stream.empty())
        .toList();
  }
}
