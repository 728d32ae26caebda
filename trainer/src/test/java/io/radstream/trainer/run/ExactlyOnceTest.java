package io.radstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.ledger.LedgerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Killed at any point, a run ends with the bits of one that never was. Checkpoints at 4, 8, 9. */
class ExactlyOnceTest {

  private static final int STEPS = 9;

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 4, 5, 8, 9})
  void shouldEndWithTheSameBitsAfterAKillInAStep(long step) throws Exception {
    requireUndisturbed(RunFixture.killAt(step));
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 8})
  void shouldEndWithTheSameBitsAfterAKillInAValidation(long step) throws Exception {
    requireUndisturbed(
        new TrainingListener() {
          @Override
          public void validated(long at, Map<String, Double> figures) {
            killIf(at == step);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 8, 9})
  void shouldEndWithTheSameBitsAfterAKillBehindACheckpoint(long step) throws Exception {
    requireUndisturbed(
        new TrainingListener() {
          @Override
          public void checkpointed(Checkpoint checkpoint) {
            killIf(checkpoint.state().step() == step);
          }
        });
  }

  private void requireUndisturbed(TrainingListener killer) throws Exception {
    RunConfig config = fixture.config("schedule.steps=" + STEPS);
    String undisturbed;
    List<StepRecord> steps;
    try (RunFixture other = new RunFixture()) {
      other.run(root.resolve("undisturbed"), config, TrainingListener.none());
      undisturbed = weights(root.resolve("undisturbed"));
      steps = other.steps();
    }

    fixture.runAndDie(root, config, killer);
    fixture.run(root, config, TrainingListener.none());

    assertThat(weights(root)).isEqualTo(undisturbed);
    assertThat(fixture.steps()).hasSize(STEPS);
    for (int i = 0; i < STEPS; i++) {
      StepRecord step = fixture.steps().get(i);
      assertThat(step.getStep()).isEqualTo(i + 1);
      assertThat(step.getReads()).isEqualTo(steps.get(i).getReads());
      assertThat(step.getBatchDigest()).isEqualTo(steps.get(i).getBatchDigest());
      assertThat(step.getWeightsDigest()).isEqualTo(steps.get(i).getWeightsDigest());
      assertThat(step.getLosses()).isEqualTo(steps.get(i).getLosses());
    }
    assertThat(fixture.published(Topic.CHECKPOINTS, CheckpointPublished.class))
        .extracting(CheckpointPublished::getStep)
        .containsExactly(4L, 8L, 9L);
  }

  @Test
  void shouldNotTakeAStepTwiceThatComesToLightLate() throws Exception {
    RunConfig config = fixture.config("schedule.steps=" + STEPS);
    fixture.runAndDie(root, config, RunFixture.killAt(7));
    int before = fixture.steps().size();
    fixture.cluster().withhold(RunFixture.name(Topic.TRAINING_LEDGER), 0, 1);

    RunSummary again = fixture.run(root, config, TrainingListener.none());

    assertThat(before).isGreaterThan(4);
    assertThat(again.outcome()).isEqualTo(RunSummary.Outcome.FINISHED);
    assertThat(fixture.steps())
        .extracting(StepRecord::getStep)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, STEPS).boxed().toList());
  }

  @Test
  void shouldPublishFiguresOnceForEachStep() throws Exception {
    RunConfig config = fixture.config("schedule.steps=" + STEPS);
    fixture.runAndDie(root, config, RunFixture.killAt(6));

    fixture.run(root, config, TrainingListener.none());

    assertThat(fixture.published(Topic.TRAINING_METRICS, TrainingMetric.class))
        .filteredOn(metric -> metric.getValues().containsKey(MetricNames.LOSS))
        .extracting(TrainingMetric::getStep)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, STEPS).boxed().toList());
  }

  @Test
  void shouldReadEachStudyOnceAnEpoch() throws Exception {
    fixture.run(root, fixture.config("schedule.steps=6"), TrainingListener.none());

    List<StepRecord> steps = fixture.steps();
    for (List<StepRecord> epoch : List.of(steps.subList(0, 3), steps.subList(3, 6))) {
      assertThat(epoch.stream().flatMap(step -> step.getReads().stream()).toList())
          .extracting(read -> read.getTuple())
          .hasSize(RunFixture.STUDIES)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldHaveTheChecksumOfTheCheckpointOnTheLedger() throws Exception {
    fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());

    assertThat(fixture.steps().get(3).getWeightsDigest()).isEqualTo(weights(root, 4));
  }

  @Test
  void shouldNotLetAnOlderProcessOfTheLineGoOn() throws Exception {
    RunConfig config = fixture.config("schedule.steps=" + STEPS);
    TrainingListener takeover =
        RunFixture.onStep(
            report -> {
              if (report.step() == 3) {
                takeLineElsewhere(config);
              }
            });

    assertThatThrownBy(() -> fixture.run(root, config, takeover))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("another trainer has taken over line line");
  }

  private void takeLineElsewhere(RunConfig config) {
    try (TrainingRun other =
        fixture.open(
            root.resolve("elsewhere"), config, new Beginning.GoOn(), TrainingListener.none())) {
      assertThat(other).isNotNull();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldBuildTheLineAgainWhereTheStoreIsLost() throws Exception {
    RunConfig config = fixture.config("schedule.steps=" + STEPS);
    fixture.run(root, config, TrainingListener.none());

    fixture.run(root.resolve("new disk"), config, TrainingListener.none());

    assertThat(weights(root.resolve("new disk"))).isEqualTo(weights(root));
    assertThat(fixture.steps()).hasSize(STEPS);
  }

  @Test
  void shouldSayThatTheLedgerWasLost() throws Exception {
    fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());
    fixture.cluster().topic(RunFixture.name(Topic.TRAINING_LEDGER), 2);

    assertThatThrownBy(
            () -> fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none()))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the ledger does not hold step 4")
        .hasMessageContaining("--new-run");
  }

  private static void killIf(boolean now) {
    if (now) {
      throw new RunFixture.Killed();
    }
  }

  private static String weights(Path store) throws IOException {
    return weights(store, STEPS);
  }

  private static String weights(Path store, long step) throws IOException {
    return new CheckpointStore(store).load("line", step).state().files().get(Checkpoint.MODEL);
  }
}
