package io.radstream.trainer.run;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Scored;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.SourceConfig;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.testing.LabelHead;
import io.radstream.trainer.testing.OmittedStudies;
import io.radstream.trainer.testing.ScoredSplit;
import io.radstream.trainer.testing.ScoredStudy;
import io.radstream.trainer.testing.ScoringListener;
import io.radstream.trainer.testing.SplitScoring;
import io.radstream.trainer.testing.SplitStudies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A split on topics in memory, scored with a checkpoint of a very small network. */
class SplitScoringTest {

  private static final int STUDIES = HeldOutStudies.STUDIES;

  private static ReportTokenizers tokenizers;

  @TempDir private Path root;
  private final FakeCluster cluster = new FakeCluster();
  private HeldOutStudies held;
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
    held =
        new HeldOutStudies(tokenizers, root, cluster, Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION);
  }

  @Test
  void shouldScoreAsTheRunItselfValidates() throws Exception {
    RunSummary run = held.train("schedule.steps=4");

    ScoredSplit scored = score(found(), held.checkpoint());

    assertThat(scored.findings()).containsExactly("bright left");
    assertThat(scored.studies()).hasSize(STUDIES);
    assertThat(Auc.of(scores(scored)).orElseThrow())
        .isCloseTo(run.validation().get("validation_auc"), within(1e-12));
  }

  @Test
  void shouldOmitWhatCannotBeJudgedBy() throws Exception {
    held.train("schedule.steps=1");
    held.append(Topic.TUPLES_VALIDATION, "unlabelled", 1);
    held.append(Topic.TUPLES_VALIDATION, "seen by a reader", 1);
    held.verdict("seen by a reader", 1);
    held.append(
        Topic.TUPLES_VALIDATION,
        Tuples.tuple(
            "broken", 1, tokenizers.decoder(), "clear", "no PNG".getBytes(StandardCharsets.UTF_8)));
    held.label("broken", 1);

    ScoredSplit scored =
        new SplitScoring(
                found(), study -> study.equals("tuples.validation3"), device, new LabelHead())
            .score(held.checkpoint(), ScoringListener.none());

    assertThat(scored.omitted()).isEqualTo(new OmittedStudies(2, 1, 1));
    assertThat(scored.studies())
        .extracting(ScoredStudy::studyId)
        .hasSize(STUDIES - 1)
        .doesNotContain("unlabelled", "seen by a reader", "broken", "tuples.validation3");
  }

  @Test
  void shouldScoreStudiesOfWhateverTokenizerByTheirNewestRevision() throws Exception {
    held.train("schedule.steps=1");
    StudyTuple later =
        StudyTuple.newBuilder(
                Tuples.tuple(
                    "tuples.validation0",
                    2,
                    tokenizers.decoder(),
                    "clear",
                    Tuples.png(Tuples.bar(26, 36))))
            .setTokenizer("of another stage")
            .build();
    float before = probability(score(found(), held.checkpoint()), "tuples.validation0");
    held.append(Topic.TUPLES_VALIDATION, later);

    ScoredSplit scored = score(found(), held.checkpoint());

    assertThat(scored.studies()).hasSize(STUDIES);
    assertThat(probability(scored, "tuples.validation0")).isNotEqualTo(before);
  }

  @Test
  void shouldScoreTheSameStudiesHoweverTheTopicsGrow() throws Exception {
    held.train("schedule.steps=1");
    SplitStudies found = found();
    ScoredSplit first = score(found, held.checkpoint());
    held.append(Topic.TUPLES_VALIDATION, "later", 1);
    held.label("later", 1);
    held.label("tuples.validation0", 1);

    ScoredSplit second = score(found, held.checkpoint());

    assertThat(second.ranges()).isEqualTo(first.ranges());
    assertThat(scores(second)).isEqualTo(scores(first));
  }

  @Test
  void shouldStopWhereItIsAskedTo() throws Exception {
    held.train("schedule.steps=1");
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
            () ->
                new SplitScoring(found(), study -> false, device, new LabelHead())
                    .score(held.checkpoint(), impatient))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void shouldRefuseACheckpointWithoutALabelHead() throws Exception {
    held.run(SmallRun.config(tokenizers, "schedule.steps=4"));

    assertThatThrownBy(() -> score(found(), held.checkpoint()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line-000000004 was trained without labels");
  }

  private SplitStudies found() {
    return SplitStudies.find(
        List.of(new SourceTopics(SourceConfig.OWN, 1, cluster, CONNECTION)),
        Topic.TUPLES_VALIDATION);
  }

  private ScoredSplit score(SplitStudies found, Checkpoint checkpoint) throws IOException {
    return new SplitScoring(found, study -> false, device, new LabelHead())
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
}
