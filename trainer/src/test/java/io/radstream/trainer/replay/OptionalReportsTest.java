package io.radstream.trainer.replay;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.config.FineTuning;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.ledger.LedgerException;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.TrainingListener;
import io.radstream.trainer.tuples.LeftOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** 24 studies with a report, 8 without one behind them, all with a label; a batch is 8. */
class OptionalReportsTest {

  private static final int UNREPORTED = 8;
  private static final int ALL = RunFixture.STUDIES + UNREPORTED;
  private static final String[] LABELS_ALONE = {
    "schedule.steps=4",
    "model.objectives.contrastive=0",
    "model.objectives.language=0",
    "model.objectives.labels=1",
    "model.findings=[effusion]"
  };
  private static final String[] FOLLOWING = {
    "schedule.shape=constant", "follow.on=true", "follow.replayRatio=0"
  };

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @BeforeEach
  void addStudiesWithoutAReport() {
    appendUnreported(RunFixture.name(Topic.TUPLES_TRAIN));
    for (int i = 0; i < 4; i++) {
      fixture.append(Topic.TUPLES_VALIDATION, i % 2, unreported("unseen", i));
      label(RunFixture.name(Topic.LABELS), "unseen" + i, i % 2);
    }
    labelAll(RunFixture.name(Topic.LABELS));
  }

  @Test
  void shouldLearnLabelsFromAllStudies() throws Exception {
    RunSummary run = run(LABELS_ALONE);

    assertThat(run.studies()).isEqualTo(ALL);
    assertThat(run.validationStudies()).isEqualTo(8 + 4);
    assertThat(run.leftOut().total()).isZero();
    assertThat(run.validation()).containsKey("validation_auc");
    assertThat(reads()).hasSize(ALL).doesNotHaveDuplicates();
    assertIdentical(replay(run, Optional.empty()));
  }

  @Test
  void shouldPassOverStudiesWithoutAReportWhereAnObjectiveNeedsOne() throws Exception {
    RunSummary run = run("schedule.steps=6");

    assertThat(run.studies()).isEqualTo(RunFixture.STUDIES);
    assertThat(run.validationStudies()).isEqualTo(8);
    assertThat(run.leftOut().counts())
        .containsExactly(entry(LeftOut.Reason.NO_REPORT, (long) UNREPORTED));
    assertThat(reads()).hasSize(48).allSatisfy(OptionalReportsTest::assertReported);
    assertIdentical(replay(run, Optional.empty()));
  }

  @Test
  void shouldReplayBothFromStudiesThatWereStagedAgain() throws Exception {
    RunSummary labels = run(LABELS_ALONE);
    RunSummary reports = run("line=reports", "schedule.steps=4");
    String topic = "again." + Topic.TUPLES_TRAIN.suffix();
    fixture.cluster().topic(topic, 2);
    for (int i = 0; i < RunFixture.STUDIES; i++) {
      fixture.cluster().append(topic, i % 2, Tuples.bytes(fixture.study("train", i), topic));
      fixture.cluster().mark(topic, i % 2);
    }
    appendUnreported(topic);
    fixture.cluster().topic("again." + Topic.LABELS.suffix(), 2);
    for (int i = 0; i < 4; i++) {
      label("again." + Topic.LABELS.suffix(), "unseen" + i, i % 2);
    }
    labelAll("again." + Topic.LABELS.suffix());
    Optional<Restaging> again = Optional.of(new Restaging(List.of(RestagedSource.of("again."))));

    assertIdentical(replay(labels, again));
    assertIdentical(replay(reports, again));
  }

  @Test
  void shouldLearnFromAReportThatCameLater() throws Exception {
    for (int i = 0; i < 3; i++) {
      StudyTuple late = StudyTuple.newBuilder(fixture.study("silent", i)).setRevision(2).build();
      fixture.append(Topic.TUPLES_TRAIN, i % 2, late);
    }

    RunSummary run = run("schedule.steps=1");

    assertThat(run.studies()).isEqualTo(RunFixture.STUDIES + 3);
    assertThat(run.leftOut().counts())
        .containsExactly(entry(LeftOut.Reason.NO_REPORT, UNREPORTED - 3L));
  }

  @Test
  void shouldFineTuneOnStudiesThatPreTrainingPassedOver() throws Exception {
    run("schedule.steps=4");
    Checkpoint pretrained = new CheckpointStore(root).load("line", 4);
    RunConfig paper =
        FineTuning.of(
            CheckpointConfig.of(pretrained), pretrained.directory(), List.of("effusion"), "tuned");
    RunConfig config =
        new RunConfigReader().read(paper, Optional.empty(), List.of("batch=8", "schedule.steps=4"));

    RunSummary run = fixture.run(root, config, TrainingListener.none());

    assertThat(run.studies()).isEqualTo(ALL);
    assertThat(run.checkpointId()).hasValue("tuned-000000004");
  }

  @Test
  void shouldPassOverWhatArrivesWithoutAReport() throws Exception {
    fixture.append(Topic.TUPLES_TRAIN, "later", 8);

    RunSummary run = run(with(FOLLOWING, "schedule.steps=4"));

    assertThat(reads()).hasSize(32).doesNotHaveDuplicates();
    assertThat(reads()).allSatisfy(OptionalReportsTest::assertReported);
    assertIdentical(replay(run, Optional.empty()));
  }

  @Test
  void shouldLearnLabelsOfWhatArrivesWithoutAReport() throws Exception {
    RunSummary run = run(with(FOLLOWING, LABELS_ALONE));

    assertThat(reads()).hasSize(ALL).doesNotHaveDuplicates();
    assertIdentical(replay(run, Optional.empty()));
  }

  @Test
  void shouldSayThatOtherSettingsNeedAReport() throws Exception {
    RunSummary run = run(LABELS_ALONE);
    ReplayRequest other =
        new ReplayRequest(
            run.runId(),
            Optional.empty(),
            Optional.empty(),
            List.of("model.objectives.contrastive=1"),
            Optional.empty());

    assertThatThrownBy(() -> fixture.replay(other, root, ReplayListener.none()))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("has no report, which an objective needs");
  }

  private RunSummary run(String... overrides) throws IOException, InterruptedException {
    return fixture.run(root, fixture.config(overrides), TrainingListener.none());
  }

  private ReplaySummary replay(RunSummary run, Optional<Restaging> restaging)
      throws IOException, InterruptedException {
    ReplayRequest request =
        new ReplayRequest(
            run.runId(), Optional.empty(), Optional.empty(), List.of(), restaging, Optional.of(1));
    return fixture.replay(request, root, ReplayListener.none());
  }

  private static void assertIdentical(ReplaySummary replay) {
    assertThat(replay.difference()).isEmpty();
    assertThat(replay.identical()).isTrue();
  }

  private List<RecordRef> reads() {
    return fixture.steps().stream()
        .flatMap(step -> step.getReads().stream())
        .map(StudyRead::getTuple)
        .toList();
  }

  /** Twelve of each partition stand before the four that have no report. */
  private static void assertReported(RecordRef read) {
    long behind = read.getOffset() - RunFixture.STUDIES / 2;
    assertThat(behind < 0 || behind >= UNREPORTED / 2).isTrue();
  }

  private void appendUnreported(String topic) {
    for (int i = 0; i < UNREPORTED; i++) {
      fixture.cluster().append(topic, i % 2, Tuples.bytes(unreported("silent", i), topic));
    }
  }

  private StudyTuple unreported(String prefix, int number) {
    return StudyTuple.newBuilder(fixture.study(prefix, number))
        .setTokens(List.of())
        .setMirroredTokens(List.of())
        .build();
  }

  private void labelAll(String topic) {
    for (int i = 0; i < RunFixture.STUDIES; i++) {
      label(topic, "train" + i, i % 2);
    }
    for (int i = 0; i < UNREPORTED; i++) {
      label(topic, "silent" + i, i % 2);
    }
  }

  private void label(String topic, String study, double label) {
    LabelledStudy labelled =
        new LabelledStudy(study, "test", Map.of("effusion", label), List.of(), null);
    try (RecordSerde<LabelledStudy> serde = RecordSerde.of(LabelledStudy.class, CONNECTION)) {
      fixture.cluster().append(topic, 0, serde.serializer().serialize(topic, labelled));
    }
  }

  private static String[] with(String[] settings, String... further) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }
}
