package io.radstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.pretrained.HuggingFaceExport;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.run.RunSummary.Outcome;
import io.radstream.trainer.tuples.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A very small network, really trained, on topics in memory. */
class TrainingRunTest {

  private static final int STUDIES = RunFixture.STUDIES;

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldLearnAndTellOfIt() throws Exception {
    RunSummary summary = run(root, config("schedule.steps=12"), TrainingListener.none());

    assertThat(summary.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(summary.steps()).isEqualTo(12);
    assertThat(summary.studies()).isEqualTo(STUDIES);
    assertThat(summary.last().orElseThrow().total())
        .isLessThan(summary.first().orElseThrow().total());
    assertThat(summary.checkpointId()).contains("line-000000012");
    assertThat(summary.validation())
        .containsKeys(
            MetricNames.VALIDATION_LOSS,
            "validation_perplexity",
            "retrieval_top1",
            "retrieval_top5")
        .containsEntry("retrieval_chance", 1.0 / 8);
    List<TrainingMetric> metrics = published(Topic.TRAINING_METRICS, TrainingMetric.class);
    assertThat(metrics).filteredOn(metric -> metric.getValues().containsKey("loss")).hasSize(12);
    assertThat(metrics.get(0).getValues())
        .containsKeys(
            "loss_contrastive",
            "loss_language",
            MetricNames.LEARNING_RATE_RADIOGRAPH,
            MetricNames.LEARNING_RATE_TEXT,
            MetricNames.GRADIENT_NORM,
            MetricNames.STUDIES_PER_SECOND,
            MetricNames.DATA_WAIT_SECONDS,
            MetricNames.STEP_SECONDS,
            MetricNames.EPOCH);
    assertThat(published(Topic.CHECKPOINTS, CheckpointPublished.class))
        .extracting(CheckpointPublished::getStep)
        .containsExactly(4L, 8L, 12L);
  }

  @Test
  void shouldLearnTheSameFromViewsThatAreKeptOnDisk() throws Exception {
    String views = root.resolve("views").toString();
    run(root.resolve("plain"), config("schedule.steps=4"), TrainingListener.none());
    for (String store : List.of("first", "second")) {
      run(
          root.resolve(store),
          config("schedule.steps=4", "data.viewCache=" + views, "data.viewCacheMegabytes=1"),
          TrainingListener.none());
    }

    Path weights = Path.of("line/000000004/model.safetensors");
    assertThat(List.of("first", "second"))
        .allSatisfy(
            store ->
                assertThat(root.resolve(store).resolve(weights))
                    .hasSameBinaryContentAs(root.resolve("plain").resolve(weights)));
    assertThat(Path.of(views, "views-18")).isNotEmptyFile();
  }

  @Test
  void shouldSayThatViewsCannotBeKept() throws Exception {
    Path occupied = Files.createFile(root.resolve("file"));

    assertThatThrownBy(
            () ->
                run(
                    root.resolve("store"),
                    config("data.viewCache=" + occupied),
                    TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("data.viewCache");
  }

  @Test
  void shouldTellOfItsOwnObjectivesOnly() throws Exception {
    RunSummary summary =
        run(
            root,
            config("schedule.steps=4", "model.objectives.contrastive=0"),
            TrainingListener.none());

    assertThat(summary.last().orElseThrow().of("contrastive")).isEmpty();
    assertThat(summary.last().orElseThrow().of("language")).isPresent();
    assertThat(summary.validation())
        .containsOnlyKeys(
            MetricNames.VALIDATION_LOSS, "validation_loss_language", "validation_perplexity");
    assertThat(published(Topic.TRAINING_METRICS, TrainingMetric.class))
        .allSatisfy(
            metric ->
                assertThat(metric.getValues())
                    .doesNotContainKeys(
                        "loss_contrastive",
                        "loss_labels",
                        MetricNames.LOSS_SCALE,
                        "validation_loss_contrastive",
                        "retrieval_top1"));
  }

  @Test
  void shouldMeasurePerplexityOverTokensWhateverTheLossIsAMeanOf() throws Exception {
    String[] still = {"schedule.steps=1", "schedule.radiographRate=0", "schedule.textRate=0"};
    RunSummary byReport = run(root.resolve("report"), config(still), TrainingListener.none());
    String[] alsoByToken = Arrays.copyOf(still, 4);
    alsoByToken[3] = "model.objectives.languageMean=token";

    RunSummary byToken = run(root.resolve("token"), config(alsoByToken), TrainingListener.none());

    assertThat(byToken.validation().get("validation_perplexity"))
        .isCloseTo(byReport.validation().get("validation_perplexity"), withinPercentage(0.1))
        .isCloseTo(
            Math.exp(byToken.validation().get("validation_loss_language")), withinPercentage(0.1));
  }

  @Test
  void shouldTellOfTheLossScaleAndTheSkippedStepsInFloat16() throws Exception {
    // So heavy a loss overflows however often the scale is halved in two steps.
    RunConfig heavy =
        config("schedule.steps=2", "compute.precision=float16", "model.objectives.language=1e9");

    run(root, heavy, TrainingListener.none());

    List<TrainingMetric> metrics = published(Topic.TRAINING_METRICS, TrainingMetric.class);
    assertThat(metrics.get(0).getValues())
        .containsEntry(MetricNames.LOSS_SCALE, 65_536.0)
        .containsEntry(MetricNames.SKIPPED_STEPS, 1.0)
        .doesNotContainKey(MetricNames.GRADIENT_NORM);
    assertThat(metrics.get(1).getValues())
        .containsEntry(MetricNames.LOSS_SCALE, 32_768.0)
        .containsEntry(MetricNames.SKIPPED_STEPS, 2.0);
  }

  @Test
  void shouldEndWithTheSameBitsWhereverItWasInterrupted() throws Exception {
    RunConfig config = config("schedule.steps=9");
    run(root.resolve("whole"), config, TrainingListener.none());

    Path store = root.resolve("interrupted");
    RunSummary stopped = runAndStopAfter(6, store, config, new Beginning.NewRun());
    append(Topic.TUPLES_TRAIN, "late", 3);
    RunSummary resumed = run(store, config, TrainingListener.none());

    assertThat(stopped.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(stopped.checkpointId()).contains("line-000000006");
    assertThat(resumed.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(resumed.runId()).isEqualTo(stopped.runId());
    assertThat(resumed.steps()).isEqualTo(3);
    Checkpoint one = new CheckpointStore(root.resolve("whole")).load("line", 9);
    Checkpoint other = new CheckpointStore(store).load("line", 9);
    for (String file : List.of(Checkpoint.MODEL, Checkpoint.OPTIMIZER)) {
      assertThat(other.state().files().get(file)).isEqualTo(one.state().files().get(file));
    }
  }

  @Test
  void shouldNotReadTheTopicsAgainToGoOn() throws Exception {
    Path store = root.resolve("store");
    fixture.runAndDie(store, fixture.config(), RunFixture.killAt(9));
    int tuples = fetchedTuples();
    int ledger = fixture.cluster().fetched(RunFixture.name(Topic.TRAINING_LEDGER));
    List<Integer> read = new ArrayList<>();

    fixture.run(
        store,
        fixture.config(),
        new TrainingListener() {
          @Override
          public void started(RunStart start) {
            read.add(fetchedTuples() - tuples);
            read.add(fixture.cluster().fetched(RunFixture.name(Topic.TRAINING_LEDGER)) - ledger);
          }
        });

    assertThat(read.get(0)).isZero();
    // This process's marks and, twice, the step of the checkpoint and the two behind it.
    assertThat(read.get(1)).isLessThanOrEqualTo(2 + 2 * 4);
  }

  private int fetchedTuples() {
    return fixture.cluster().fetched(RunFixture.name(Topic.TUPLES_TRAIN))
        + fixture.cluster().fetched(RunFixture.name(Topic.TUPLES_VALIDATION));
  }

  @Test
  void shouldGoOnFromTheLineWithMoreStepsAndNewStudies() throws Exception {
    RunSummary first = run(root, config("schedule.steps=4"), TrainingListener.none());
    append(Topic.TUPLES_TRAIN, "late", 3);

    RunSummary second = run(root, config("schedule.steps=6"), TrainingListener.none());

    assertThat(second.steps()).isEqualTo(2);
    assertThat(second.studies()).isEqualTo(STUDIES + 3);
    assertThat(second.runId()).isNotEqualTo(first.runId());
    assertThat(new CheckpointStore(root).load("line", 6).state().parent())
        .isEqualTo("line-000000004");
  }

  @Test
  void shouldHaveNothingToDoWhereAllStepsAreTaken() throws Exception {
    RunConfig config = config("schedule.steps=4");
    run(root, config, TrainingListener.none());

    RunSummary again = run(root, config, TrainingListener.none());

    assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    assertThat(again.checkpointId()).contains("line-000000004");
  }

  @Test
  void shouldWaitForEnoughStudies() throws Exception {
    List<Integer> seen = new ArrayList<>();
    TrainingListener late =
        new TrainingListener() {
          @Override
          public void waiting(int studies, int needed, String topic) {
            seen.add(studies);
            append(Topic.TUPLES_TRAIN, "late", 10);
          }
        };

    RunSummary summary = run(root, config("schedule.steps=1", "data.minStudies=30"), late);

    assertThat(seen).containsExactly(STUDIES);
    assertThat(summary.studies()).isEqualTo(STUDIES + 10);
  }

  @Test
  void shouldSayWhatItLeavesOutWhileItWaits() throws Exception {
    List<LeftOut> told = new ArrayList<>();
    String topic = Tuples.CONNECTION.topics().of(Topic.TUPLES_TRAIN);
    fixture.cluster().append(topic, 0, new byte[] {1});
    TrainingListener late =
        new TrainingListener() {
          @Override
          public void waiting(int studies, int needed, String topic) {
            fixture.cluster().append(topic, 0, new byte[] {2});
            append(Topic.TUPLES_TRAIN, "late", 10);
          }

          @Override
          public void leftOut(LeftOut tuples) {
            told.add(tuples);
          }
        };

    RunSummary summary = run(root, config("schedule.steps=1", "data.minStudies=30"), late);

    assertThat(told).extracting(LeftOut::total).containsExactly(1L, 2L);
    assertThat(summary.leftOut().counts()).containsExactly(entry(LeftOut.Reason.NO_TUPLE, 2L));
  }

  @Test
  void shouldStopWhileWaiting() throws Exception {
    RunSummary summary;
    RunConfig config = config("data.minStudies=3000");
    try (TrainingRun run =
        fixture.open(root, config, new Beginning.GoOn(), TrainingListener.none())) {
      run.requestStop();
      summary = run.run();
    }

    assertThat(summary.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(summary.steps()).isZero();
    assertThat(new CheckpointStore(root).list("line")).isEmpty();
  }

  @Test
  void shouldWaitForTheBrokerAndThenHaveEachStepOnTheLedgerOnce() throws Exception {
    TrainingListener outage =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            if (report.step() == 3) {
              fixture.cluster().refuseRecords(true);
              new Thread(() -> comeBack()).start();
            }
          }
        };

    RunSummary summary = run(root, config("schedule.steps=8"), outage);

    assertThat(summary.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(fixture.steps())
        .extracting(StepRecord::getStep)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(published(Topic.CHECKPOINTS, CheckpointPublished.class))
        .extracting(CheckpointPublished::getStep)
        .containsExactly(4L, 8L);
  }

  private void comeBack() {
    try {
      fixture.cluster().awaitRefusals(3);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    fixture.cluster().refuseRecords(false);
  }

  @Test
  void shouldRefuseADamagedCheckpoint() throws Exception {
    run(root, config("schedule.steps=4"), TrainingListener.none());
    Files.write(root.resolve("line/000000004/model.safetensors"), new byte[10]);

    assertThatThrownBy(() -> run(root, config("schedule.steps=8"), TrainingListener.none()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model.safetensors is missing or altered");
  }

  @Test
  void shouldRefuseAnotherShapeOfNetwork() throws Exception {
    run(root, config("schedule.steps=4"), TrainingListener.none());

    assertThatThrownBy(() -> run(root, config("model.fusion.hidden=9"), TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("line-000000004 has another network shape");
  }

  @Test
  void shouldRefuseATokenizerThatIsNotTheModels() {
    assertThatThrownBy(() -> run(root, config("model.text.vocabulary=9"), TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("model.text.vocabulary is 9");
  }

  @Test
  void shouldStopWhereTrainingDiverges() throws Exception {
    RunConfig wild =
        config("schedule.radiographRate=1e30", "schedule.textRate=1e30", "checkpoint.every=1");

    assertThatThrownBy(() -> run(root, wild, TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training diverged at step")
        .hasMessageContaining("is untouched");
  }

  @Test
  void shouldStartANewLineFromPublicWeights() throws Exception {
    RunConfig config = config("schedule.steps=4");
    run(root.resolve("one"), config, TrainingListener.none());
    Checkpoint one = new CheckpointStore(root.resolve("one")).load("line", 4);
    Path models = root.resolve("models");
    new HuggingFaceExport(config.model(), 0, Map.of()).write(one.file(Checkpoint.MODEL), models);

    RunSummary started =
        run(
            root.resolve("other"),
            config(
                "schedule.steps=4",
                "initial.radiograph=" + models.resolve("vit"),
                "initial.text=" + models.resolve("bert")),
            TrainingListener.none());

    assertThat(started.outcome()).isEqualTo(Outcome.FINISHED);
    Checkpoint other = new CheckpointStore(root.resolve("other")).load("line", 4);
    assertThat(CheckpointConfig.of(other).initial().radiograph())
        .isEqualTo(models.resolve("vit").toString());
    assertThat(other.state().files().get(Checkpoint.MODEL))
        .isNotEqualTo(one.state().files().get(Checkpoint.MODEL));
  }

  @Test
  void shouldNotLookForPublicWeightsWhereTheLineGoesOn() throws Exception {
    run(root, config("schedule.steps=4"), TrainingListener.none());

    RunSummary second =
        run(root, config("schedule.steps=6", "initial.text=absent"), TrainingListener.none());

    assertThat(second.steps()).isEqualTo(2);
  }

  @Test
  void shouldRefusePublicWeightsThatDoNotFitBeforeItWaits() {
    RunConfig config = config("initial.radiograph=" + root);

    assertThatThrownBy(
            () -> fixture.open(root, config, new Beginning.GoOn(), TrainingListener.none()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has neither model.safetensors nor");
  }

  private RunSummary runAndStopAfter(long step, Path store, RunConfig config, Beginning beginning)
      throws Exception {
    List<TrainingRun> run = new ArrayList<>();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            if (report.step() == step) {
              run.get(0).requestStop();
            }
          }
        };
    try (TrainingRun opened = fixture.open(store, config, beginning, stopper)) {
      run.add(opened);
      return opened.run();
    }
  }

  private RunSummary run(Path store, RunConfig config, TrainingListener listener) throws Exception {
    return fixture.run(store, config, listener);
  }

  private RunConfig config(String... overrides) {
    return fixture.config(overrides);
  }

  private void append(Topic topic, String prefix, int count) {
    fixture.append(topic, prefix, count);
  }

  private <T extends SpecificRecord> List<T> published(Topic topic, Class<T> type) {
    return fixture.published(topic, type);
  }
}
