package io.radstream.trainer.run;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Scored;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.ReaderVerdict;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.SourceConfig;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.testing.OmittedStudies;
import io.radstream.trainer.testing.ScoredSplit;
import io.radstream.trainer.testing.ScoredStudy;
import io.radstream.trainer.testing.ScoringListener;
import io.radstream.trainer.testing.SplitScoring;
import io.radstream.trainer.testing.SplitStudies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A split on topics in memory, scored with a checkpoint of a very small network. */
class SplitScoringTest {

  private static final int STUDIES = 40;

  private static ReportTokenizers tokenizers;

  @TempDir private Path root;
  private final FakeCluster cluster = new FakeCluster();
  private final ComputeDevice device = DeviceChoice.auto().start(1);

  @BeforeAll
  static void loadTokenizer() throws IOException {
    tokenizers = ReportTokenizers.shared(Tuples.tokenizer());
  }

  @AfterAll
  static void closeTokenizer() {
    tokenizers.close();
  }

  @BeforeEach
  void fillTopics() {
    for (Topic topic : Topic.values()) {
      cluster.topic(name(topic), 2);
    }
    for (int i = 0; i < STUDIES; i++) {
      append(Topic.TUPLES_TRAIN, "train" + i, i);
      append(Topic.TUPLES_VALIDATION, "validation" + i, i);
      label("train" + i, i % 2);
      label("validation" + i, i % 2);
    }
  }

  @Test
  void shouldScoreAsTheRunItselfValidates() throws Exception {
    RunSummary run = train("schedule.steps=4");

    ScoredSplit scored = score(found(), checkpoint());

    assertThat(scored.findings()).containsExactly("bright left");
    assertThat(scored.studies()).hasSize(STUDIES);
    assertThat(Auc.of(scores(scored)).orElseThrow())
        .isCloseTo(run.validation().get("validation_auc"), within(1e-12));
  }

  @Test
  void shouldOmitWhatCannotBeJudgedBy() throws Exception {
    train("schedule.steps=1");
    append(Topic.TUPLES_VALIDATION, "unlabelled", 1);
    append(Topic.TUPLES_VALIDATION, "seen by a reader", 1);
    verdict("seen by a reader", 1);
    append(
        Topic.TUPLES_VALIDATION,
        Tuples.tuple(
            "broken", 1, tokenizers.decoder(), "clear", "no PNG".getBytes(StandardCharsets.UTF_8)));
    label("broken", 1);

    ScoredSplit scored =
        new SplitScoring(found(), study -> study.equals("validation3"), device)
            .score(checkpoint(), ScoringListener.none());

    assertThat(scored.omitted()).isEqualTo(new OmittedStudies(2, 1, 1));
    assertThat(scored.studies())
        .extracting(ScoredStudy::studyId)
        .hasSize(STUDIES - 1)
        .doesNotContain("unlabelled", "seen by a reader", "broken", "validation3");
  }

  @Test
  void shouldScoreStudiesOfWhateverTokenizerByTheirNewestRevision() throws Exception {
    train("schedule.steps=1");
    StudyTuple later =
        StudyTuple.newBuilder(
                Tuples.tuple(
                    "validation0",
                    2,
                    tokenizers.decoder(),
                    "clear",
                    Tuples.png(Tuples.bar(26, 36))))
            .setTokenizer("of another stage")
            .build();
    float before = probability(score(found(), checkpoint()), "validation0");
    append(Topic.TUPLES_VALIDATION, later);

    ScoredSplit scored = score(found(), checkpoint());

    assertThat(scored.studies()).hasSize(STUDIES);
    assertThat(probability(scored, "validation0")).isNotEqualTo(before);
  }

  @Test
  void shouldScoreTheSameStudiesHoweverTheTopicsGrow() throws Exception {
    train("schedule.steps=1");
    SplitStudies found = found();
    ScoredSplit first = score(found, checkpoint());
    append(Topic.TUPLES_VALIDATION, "later", 1);
    label("later", 1);
    label("validation0", 1);

    ScoredSplit second = score(found, checkpoint());

    assertThat(second.ranges()).isEqualTo(first.ranges());
    assertThat(scores(second)).isEqualTo(scores(first));
  }

  @Test
  void shouldStopWhereItIsAskedTo() throws Exception {
    train("schedule.steps=1");
    ScoringListener impatient =
        new ScoringListener() {
          @Override
          public void begins(long studies) {}

          @Override
          public void done(long studies) {}

          @Override
          public boolean stopRequested() {
            return true;
          }
        };

    assertThatThrownBy(
            () -> new SplitScoring(found(), study -> false, device).score(checkpoint(), impatient))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void shouldRefuseACheckpointWithoutALabelHead() throws Exception {
    run(SmallRun.config(tokenizers, "schedule.steps=4"));

    assertThatThrownBy(() -> score(found(), checkpoint()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line-000000004 was trained without labels");
  }

  private SplitStudies found() {
    return SplitStudies.find(
        List.of(new SourceTopics(SourceConfig.OWN, 1, cluster, CONNECTION)),
        Topic.TUPLES_VALIDATION);
  }

  private ScoredSplit score(SplitStudies found, Checkpoint checkpoint) throws IOException {
    return new SplitScoring(found, study -> false, device)
        .score(checkpoint, ScoringListener.none());
  }

  private static float probability(ScoredSplit scored, String study) {
    return scored.studies().stream()
        .filter(one -> one.studyId().equals(study))
        .map(one -> one.probabilities()[0])
        .findAny()
        .orElseThrow();
  }

  private static List<Scored> scores(ScoredSplit scored) {
    List<Scored> scores = new ArrayList<>();
    for (ScoredStudy study : scored.studies()) {
      scores.add(new Scored(study.probabilities()[0], study.labels()[0] >= 0.5));
    }
    return scores;
  }

  private Checkpoint checkpoint() throws IOException {
    List<Checkpoint> all = new CheckpointStore(root).list("line");
    return all.get(all.size() - 1);
  }

  private RunSummary train(String steps) throws Exception {
    return run(
        SmallRun.config(
            tokenizers,
            steps,
            "model.objectives.contrastive=0",
            "model.objectives.language=0",
            "model.objectives.labels=1",
            "model.findings=[bright left]"));
  }

  private RunSummary run(RunConfig config) throws Exception {
    Surroundings surroundings =
        new Surroundings(
            CONNECTION, cluster, new CheckpointStore(root), DeviceChoice.auto(), Clock.systemUTC());
    RunRequest request = new RunRequest(config, tokenizers, new Beginning.GoOn());
    try (TrainingRun run = TrainingRun.open(surroundings, request, TrainingListener.none())) {
      return run.run();
    }
  }

  /** Every other study is bright on the left, more or less. */
  private void append(Topic topic, String study, int i) {
    int from = i % 2 == 0 ? 2 : 26;
    byte[] image = Tuples.png(Tuples.bar(from, from + 4 + i % 9));
    append(topic, Tuples.tuple(study, 1, tokenizers.decoder(), "clear right lung", image));
  }

  private void append(Topic topic, StudyTuple tuple) {
    int partition = tuple.getStudyId().hashCode() & 1;
    cluster.append(name(topic), partition, Tuples.bytes(tuple, name(topic)));
  }

  private void label(String study, double probability) {
    append(new LabelledStudy(study, "test", Map.of("bright left", probability), List.of(), null));
  }

  private void verdict(String study, double probability) {
    ReaderVerdict verdict = new ReaderVerdict("anna", Instant.EPOCH, "an id", 1L, List.of());
    append(
        new LabelledStudy(study, "reader", Map.of("bright left", probability), List.of(), verdict));
  }

  private void append(LabelledStudy labelled) {
    try (RecordSerde<LabelledStudy> serde = RecordSerde.of(LabelledStudy.class, CONNECTION)) {
      cluster.append(
          name(Topic.LABELS), 0, serde.serializer().serialize(name(Topic.LABELS), labelled));
    }
  }

  private static String name(Topic topic) {
    return CONNECTION.topics().of(topic);
  }
}
