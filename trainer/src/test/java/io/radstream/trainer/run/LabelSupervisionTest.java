package io.radstream.trainer.run;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.objective.BatchLosses;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.ReaderVerdict;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.checkpoint.RunPlace;
import io.radstream.trainer.config.FineTuning;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.labels.LabelShare;
import io.radstream.trainer.replay.Replay;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A very small network that learns from labels, on topics in memory. */
class LabelSupervisionTest {

  private static final int STUDIES = 24;
  private static final int VALIDATION = 8;
  private static final String[] SUPERVISED = {
    "model.objectives.contrastive=0",
    "model.objectives.language=0",
    "model.objectives.labels=1",
    "model.findings=[bright left]",
    "augmentation={flip: false, crop: false, rotationDegrees: 0, brightness: 0, contrast: 0}",
  };

  private static ReportTokenizers tokenizers;

  @TempDir private Path root;
  private final FakeCluster cluster = new FakeCluster();

  @BeforeAll
  static void loadTokenizer() throws IOException {
    ReportTokenizer tokenizer = Tuples.tokenizer();
    tokenizers = ReportTokenizers.shared(tokenizer);
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
    append(Topic.TUPLES_TRAIN, "train", STUDIES);
    append(Topic.TUPLES_VALIDATION, "validation", VALIDATION);
  }

  @Test
  void shouldLearnAFindingFromLabelsAlone() throws Exception {
    labelMostStudies();

    RunSummary summary = run("a", supervised("schedule.steps=40"), TrainingListener.none());

    BatchLosses first = summary.first().orElseThrow();
    BatchLosses last = summary.last().orElseThrow();
    assertThat(last.of("contrastive")).isEmpty();
    assertThat(last.of("language")).isEmpty();
    assertThat(last.of("labels")).hasValue(last.total());
    assertThat(last.total()).isLessThan(0.2 * first.total());
    assertThat(summary.validation())
        .containsOnlyKeys(
            MetricNames.VALIDATION_LOSS,
            "validation_loss_labels",
            "validation_auc",
            "validation_auc_bright left")
        .containsEntry("validation_auc", 1.0);
    assertThat(summary.validation().get("validation_loss_labels")).isLessThan(0.2);
  }

  @Test
  void shouldLearnFromReportsAndLabelsTogether() throws Exception {
    labelMostStudies();
    RunConfig config =
        SmallRun.config(
            tokenizers,
            "schedule.steps=4",
            "model.objectives.labels=1",
            "model.findings=[bright left]");

    RunSummary summary = run("a", config, TrainingListener.none());

    BatchLosses last = summary.last().orElseThrow();
    assertThat(last.total())
        .isCloseTo(
            last.of("contrastive").orElseThrow()
                + config.model().objectives().language() * last.of("language").orElseThrow()
                + last.of("labels").orElseThrow(),
            within(1e-4));
    assertThat(summary.validation()).containsKey("retrieval_top1");
    String card = Files.readString(root.resolve("a/line/000000004/README.md"));
    assertThat(card).contains("their free-text reports and labels of these findings: bright left");
  }

  @Test
  void shouldFineTuneWhatReportsHaveTaught() throws Exception {
    labelMostStudies();
    run(
        "a",
        SmallRun.config(tokenizers, "schedule.steps=4", "data.minStudies=24"),
        TrainingListener.none());
    Checkpoint pretrained = new CheckpointStore(root.resolve("a")).load("line", 4);
    RunConfig paper =
        FineTuning.of(
            CheckpointConfig.of(pretrained),
            pretrained.directory(),
            List.of("bright left"),
            "findings");
    RunConfig config =
        new RunConfigReader().read(paper, Optional.empty(), List.of("batch=8", "schedule.steps=4"));

    RunSummary summary = run("a", config, TrainingListener.none());

    assertThat(paper.batch()).isEqualTo(128);
    assertThat(paper.data().minStudies()).isZero();
    assertThat(paper.checkpoint().best()).isEqualTo(RunConfig.Best.AUC);
    assertThat(summary.bestCheckpointId()).hasValue("findings-000000004");
    assertThat(summary.checkpointId()).hasValue("findings-000000004");
    assertThat(new CheckpointStore(root.resolve("a")).load("findings", 4).state().parent())
        .isEqualTo(pretrained.id());
    assertThat(summary.validation()).containsKey("validation_auc");
  }

  @Test
  void shouldRefuseADamagedCheckpointToStartFromBeforeItWaits() throws Exception {
    run("a", SmallRun.config(tokenizers, "schedule.steps=4"), TrainingListener.none());
    Checkpoint pretrained = new CheckpointStore(root.resolve("a")).load("line", 4);
    Files.write(pretrained.file(Checkpoint.MODEL), new byte[] {1});
    RunConfig config =
        FineTuning.of(
            CheckpointConfig.of(pretrained),
            pretrained.directory(),
            List.of("bright left"),
            "findings");

    assertThatThrownBy(() -> run("a", config, TrainingListener.none()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model.safetensors is missing or altered");
  }

  @Test
  void shouldGoOnWithTheLabelsThatItBeganWith() throws Exception {
    labelMostStudies();
    RunConfig config = supervised("schedule.steps=8");
    run("whole", config, TrainingListener.none());
    runAndStopAfter(4, config);
    for (int i = 0; i < STUDIES; i++) {
      label("train" + i, "bright left", 0.5);
    }

    run("interrupted", config, TrainingListener.none());

    Checkpoint whole = new CheckpointStore(root.resolve("whole")).load("line", 8);
    Checkpoint interrupted = new CheckpointStore(root.resolve("interrupted")).load("line", 8);
    assertThat(RunPlace.of(interrupted).ranges())
        .isEqualTo(RunPlace.of(whole).ranges())
        .isNotEmpty();
    assertThat(interrupted.state().files().get(Checkpoint.MODEL))
        .isEqualTo(whole.state().files().get(Checkpoint.MODEL));
  }

  @Test
  void shouldReadOnlyStudiesThatHaveALabelWhereItIsToldTo() throws Exception {
    labelMostStudies();

    RunSummary all = run("a", supervised("schedule.steps=1"), TrainingListener.none());
    RunSummary labelled =
        run(
            "b",
            supervised("schedule.steps=1", "labels.studies=LABELLED"),
            TrainingListener.none());

    assertThat(all.studies()).isEqualTo(STUDIES);
    assertThat(labelled.studies()).isEqualTo(STUDIES - 4);
    assertThat(labelled.validationStudies()).isEqualTo(VALIDATION - 2);
  }

  @Test
  void shouldTellTheCheckpointOfTheHighestAucAndKeepIt() throws Exception {
    labelMostStudies();

    RunSummary summary =
        run(
            "a",
            supervised(
                "schedule.steps=24",
                "checkpoint={every: 2, keepLast: 1, best: AUC}",
                "schedule.radiographRate=0.02"),
            TrainingListener.none());

    CheckpointStore store = new CheckpointStore(root.resolve("a"));
    List<Checkpoint> kept = store.open("line").readable();
    double highest =
        kept.stream()
            .mapToDouble(it -> it.state().metrics().get("validation_auc"))
            .max()
            .getAsDouble();
    Checkpoint first =
        kept.stream()
            .filter(it -> it.state().metrics().get("validation_auc") == highest)
            .findFirst()
            .orElseThrow();
    assertThat(summary.bestCheckpointId()).hasValue(first.id());
    assertThat(kept).hasSizeLessThanOrEqualTo(2);
  }

  /** Nothing in validation can be told apart there. */
  @Test
  void shouldTellNoBestCheckpointWhereAllStudiesForValidationAreAlike() throws Exception {
    label("train0", "bright left", 1);
    label("train1", "bright left", 0);
    label("validation0", "bright left", 1);
    label("validation2", "bright left", 1);

    RunSummary summary =
        run("a", supervised("schedule.steps=2", "checkpoint.best=AUC"), TrainingListener.none());

    assertThat(summary.validation())
        .containsKey(MetricNames.VALIDATION_LOSS)
        .doesNotContainKey("validation_auc");
    assertThat(summary.bestCheckpointId()).isEmpty();
    assertThat(summary.checkpointId()).isPresent();
  }

  @Test
  void shouldNameTheFindingsThatValidationCannotJudge() throws Exception {
    for (int i = 0; i < STUDIES; i++) {
      label("train" + i, "bright left", i % 2);
      label("train" + i, "bright right", i % 2);
    }
    for (int i = 0; i < VALIDATION; i++) {
      label("validation" + i, "bright left", i % 2);
      label("validation" + i, "bright right", 0);
    }

    RunSummary summary =
        run(
            "a",
            supervised("schedule.steps=1", "model.findings=[bright left, bright right]"),
            TrainingListener.none());

    assertThat(summary.validation())
        .containsKeys("validation_auc", "validation_auc_bright left")
        .doesNotContainKey("validation_auc_bright right");
  }

  /** The paper's 1 % of VinBigData is 105 pictures, and its batch 128. */
  @Test
  void shouldLearnFromFewerStudiesThanABatchAndGoOnToTheBit() throws Exception {
    label("train0", "bright left", 1);
    label("train1", "bright left", 0);
    label("train2", "bright left", 1);
    String[] settings = {"schedule.steps=8", "labels.studies=LABELLED"};
    run("whole", supervised(settings), TrainingListener.none());
    runAndStopAfter(3, supervised(settings));

    RunSummary summary = run("interrupted", supervised(settings), TrainingListener.none());

    assertThat(summary.studies()).isEqualTo(3);
    assertThat(replay("whole", summary.runId()).identical()).isTrue();
    assertThat(model("interrupted", 8)).isEqualTo(model("whole", 8));
  }

  @Test
  void shouldLearnFromTheLabelsOfTheShareOfPatientsThatIsDrawn() throws Exception {
    for (int i = 0; i < 200; i++) {
      appendOf("patient " + i, "of patient " + i, i);
      label("of patient " + i, "bright left", i % 2);
    }
    LabelShare share = new LabelShare(0.2, 4);
    List<String> drawn =
        IntStream.range(0, 200)
            .mapToObj(i -> "patient " + i)
            .filter(share::holds)
            .map("of "::concat)
            .toList();

    RunSummary summary =
        run(
            "a",
            supervised(
                "schedule.steps=2", "labels.studies=LABELLED", "labels.share=0.2", "labels.draw=4"),
            TrainingListener.none());

    assertThat(summary.studies()).isEqualTo(drawn.size()).isBetween(20, 60);
    RunSummary again =
        run(
            "a",
            supervised(
                "schedule.steps=4", "labels.studies=LABELLED", "labels.share=0.2", "labels.draw=4"),
            TrainingListener.none());
    assertThat(again.studies()).isEqualTo(drawn.size());
  }

  @Test
  void shouldNameTheSourceThatHasNoLabels() {
    labelMostStudies();
    for (Topic topic : Topic.values()) {
      cluster.topic("other." + topic.suffix(), 2);
    }
    byte[] image = Tuples.png(Tuples.bar(2, 10));
    String topic = "other." + Topic.TUPLES_TRAIN.suffix();
    cluster.append(
        topic,
        0,
        Tuples.bytes(Tuples.tuple("s", 1, tokenizers.decoder(), "clear right lung", image), topic));

    assertThatThrownBy(
            () ->
                run(
                    "a",
                    supervised(
                        "labels.studies=LABELLED",
                        "sources=[{name: one, topicPrefix: test.},"
                            + " {name: two, topicPrefix: other.}]"),
                    TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("source two has no study with a label");
  }

  @Test
  void shouldSayThatTheShareDrawsNobody() {
    labelMostStudies();

    assertThatThrownBy(
            () ->
                run(
                    "a",
                    supervised("labels.studies=LABELLED", "labels.share=1e-9"),
                    TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("labels.share=1.0E-9")
        .hasMessageContaining("labels.draw");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels={studies: ALL, share: 0.5}",
        "labels={studies: LABELLED, share: 0}",
        "follow.on=true",
        "model.objectives={labels: 0, contrastive: 1}"
      })
  void shouldRefuseRulesThatCannotBeHeld(String setting) {
    assertThatThrownBy(() -> supervised("labels.studies=LABELLED", setting))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("labels");
  }

  @Test
  void shouldSayWhatToDoWhereNoStudyHasALabel() {
    label("another study", "bright left", 1);
    label("train0", "another finding", 1);

    assertThatThrownBy(() -> run("a", supervised(), TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("none of the 24 studies has a label for any of [bright left]")
        .hasMessageContaining("test.labels")
        .hasMessageContaining("model.objectives.labels=0");
  }

  @Test
  void shouldLearnFromReadersVerdictsWhereItIsToldToAndJudgeByOthersLabels() throws Exception {
    for (int i = 0; i < STUDIES; i++) {
      label("train" + i, "bright left", i % 2);
      verdict("train" + i, "bright left", 1 - i % 2);
    }
    for (int i = 0; i < VALIDATION; i++) {
      label("validation" + i, "bright left", 1 - i % 2);
      verdict("validation" + i, "bright left", i % 2);
    }
    String steps = "schedule.steps=40";

    RunSummary without = run("a", supervised(steps), TrainingListener.none());
    RunSummary with = run("b", supervised(steps, "labels.verdicts=FIRST"), TrainingListener.none());

    assertThat(without.validation()).containsEntry("validation_auc", 0.0);
    assertThat(with.validation()).containsEntry("validation_auc", 1.0);
  }

  @Test
  void shouldLearnNothingFromVerdictsThatWereTakenBack() {
    for (int i = 0; i < STUDIES; i++) {
      verdict("train" + i, "bright left", i % 2);
      verdict("train" + i, "bright left", Double.NaN);
    }

    assertThatThrownBy(
            () -> run("a", supervised("labels.verdicts=LATEST"), TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("none of the 24 studies has a label for any of [bright left]");
  }

  @Test
  void shouldNameAFindingThatNoStudyHasALabelFor() {
    labelMostStudies();

    assertThatThrownBy(
            () ->
                run(
                    "a",
                    supervised("model.findings=[bright left, brihgt right]"),
                    TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("no study has a label for brihgt right");
  }

  @Test
  void shouldHaveNoValidationLossWhereNoStudyForValidationHasALabel() throws Exception {
    label("train0", "bright left", 1);
    label("train1", "bright left", 0);
    cluster.append(name(Topic.LABELS), 0, "no Avro".getBytes(StandardCharsets.UTF_8));

    RunSummary summary = run("a", supervised("schedule.steps=1"), TrainingListener.none());

    assertThat(summary.validation()).isEmpty();
  }

  private RunConfig supervised(String... further) {
    List<String> overrides = new ArrayList<>(List.of(SUPERVISED));
    overrides.addAll(List.of(further));
    return SmallRun.config(tokenizers, overrides.toArray(String[]::new));
  }

  private RunSummary run(String store, RunConfig config, TrainingListener listener)
      throws Exception {
    try (TrainingRun run = open(store, config, listener)) {
      return run.run();
    }
  }

  private void runAndStopAfter(long step, RunConfig config) throws Exception {
    List<TrainingRun> opened = new ArrayList<>();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            if (report.step() == step) {
              opened.get(0).requestStop();
            }
          }
        };
    try (TrainingRun run = open("interrupted", config, stopper)) {
      opened.add(run);
      run.run();
    }
  }

  private TrainingRun open(String store, RunConfig config, TrainingListener listener)
      throws IOException {
    return TrainingRun.open(
        around(store), new RunRequest(config, tokenizers, new Beginning.GoOn()), listener);
  }

  private Surroundings around(String store) {
    return new Surroundings(
        CONNECTION,
        cluster,
        new CheckpointStore(root.resolve(store)),
        DeviceChoice.auto(),
        Clock.systemUTC());
  }

  private ReplaySummary replay(String store, String run) throws Exception {
    ReplayRequest request =
        new ReplayRequest(run, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    return new Replay(around(store), request, ReplayListener.none()).run();
  }

  /** Every other study is bright on the left. */
  private void append(Topic topic, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      int from = i % 2 == 0 ? 2 : 26;
      byte[] image = Tuples.png(Tuples.bar(from, from + 8 + i % 3));
      cluster.append(
          name(topic),
          i % 2,
          Tuples.bytes(
              Tuples.tuple(prefix + i, 1, tokenizers.decoder(), "clear right lung", image),
              name(topic)));
    }
  }

  private void appendOf(String patient, String study, int number) {
    byte[] image = Tuples.png(Tuples.bar(number % 2 == 0 ? 2 : 26, 34 + number % 3));
    StudyTuple tuple =
        StudyTuple.newBuilder(
                Tuples.tuple(study, 1, tokenizers.decoder(), "clear right lung", image))
            .setPatientId(patient)
            .build();
    cluster.append(
        name(Topic.TUPLES_TRAIN), number % 2, Tuples.bytes(tuple, name(Topic.TUPLES_TRAIN)));
  }

  private String model(String store, long step) throws IOException {
    return new CheckpointStore(root.resolve(store))
        .load("line", step)
        .state()
        .files()
        .get(Checkpoint.MODEL);
  }

  private void labelMostStudies() {
    for (int i = 0; i < STUDIES - 4; i++) {
      label("train" + i, "bright left", i % 2 == 0 ? 1 : 0);
    }
    for (int i = 0; i < VALIDATION - 2; i++) {
      label("validation" + i, "bright left", i % 2 == 0 ? 1 : 0);
    }
  }

  private void label(String study, String finding, double probability) {
    append(new LabelledStudy(study, "test", Map.of(finding, probability), List.of(), null));
  }

  private void verdict(String study, String finding, double probability) {
    ReaderVerdict verdict = new ReaderVerdict("anna", Instant.EPOCH, "an id", 1L, List.of());
    append(new LabelledStudy(study, "reader", Map.of(finding, probability), List.of(), verdict));
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
