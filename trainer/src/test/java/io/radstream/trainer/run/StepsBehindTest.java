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
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.figures.MetricNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a step is not there when it was begun, the next is begun meanwhile, and nobody notices.
 * Weights are digested every 3 steps, checkpoints are at 4, 8 and 9.
 */
class StepsBehindTest {

  private static final int STEPS = 9;

  /** After which nothing looks at the weights before the next step. */
  private static final List<Long> UNSEEN = List.of(1L, 2L, 5L, 7L);

  private static final String[] NEVER_SEEN = {
    "ledger.weightsEvery=100", "validation.every=100", "checkpoint.every=100"
  };

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  /** What a run that is not disturbed, and has each step at once, leaves behind. */
  private record Undisturbed(List<StepRecord> steps, List<Map<String, Double>> figures) {}

  private static Undisturbed undisturbed;

  @BeforeAll
  static void runUndisturbed(@TempDir Path elsewhere) throws Exception {
    try (RunFixture other = new RunFixture()) {
      other.run(elsewhere, config(other), TrainingListener.none());
      undisturbed = new Undisturbed(steps(other), figures(other));
    }
  }

  private static RunConfig config(RunFixture of) {
    return of.config("schedule.steps=" + STEPS);
  }

  private RunConfig config() {
    return config(fixture);
  }

  private static List<StepRecord> steps(RunFixture of) {
    return of.steps().stream()
        .map(step -> StepRecord.newBuilder(step).setRunId("any").build())
        .toList();
  }

  /** Those that are not times, in the order of the topic. */
  private static List<Map<String, Double>> figures(RunFixture of) {
    List<Map<String, Double>> figures = new ArrayList<>();
    for (TrainingMetric metric : of.published(Topic.TRAINING_METRICS, TrainingMetric.class)) {
      Map<String, Double> values = new TreeMap<>(metric.getValues());
      values
          .keySet()
          .removeIf(
              name -> name.endsWith("seconds") || name.equals(MetricNames.STUDIES_PER_SECOND));
      values.put("step", (double) metric.getStep());
      figures.add(values);
    }
    return figures;
  }

  /** SHA-256 of those of the checkpoint of a step. */
  private String weights(long step) throws IOException {
    return new CheckpointStore(root).load("line", step).state().files().get(Checkpoint.MODEL);
  }

  private void requireSame() throws IOException {
    assertThat(steps(fixture)).isEqualTo(undisturbed.steps());
    assertThat(weights(STEPS)).isEqualTo(undisturbed.steps().get(STEPS - 1).getWeightsDigest());
    assertThat(fixture.published(Topic.CHECKPOINTS, CheckpointPublished.class))
        .extracting(CheckpointPublished::getStep)
        .containsExactly(4L, 8L, 9L);
  }

  @Test
  void shouldPutTheSameOnTheLedgerWhereTheNextStepIsBegunMeanwhile() throws Exception {
    LateSteps late = new LateSteps();
    fixture.steps(late);
    List<Long> told = new ArrayList<>();

    fixture.run(root, config(), RunFixture.onStep(report -> told.add(report.step())));

    requireSame();
    assertThat(figures(fixture)).isEqualTo(undisturbed.figures());
    assertThat(told).isEqualTo(LongStream.rangeClosed(1, STEPS).boxed().toList());
    assertThat(late.overtaken()).isNotEmpty().isSubsetOf(UNSEEN);
  }

  @ParameterizedTest
  @CsvSource({"2, false", "3, true", "6, true"})
  void shouldEndWithTheSameBitsAfterAKill(long step, boolean beforeItIsFinished) throws Exception {
    LateSteps late = new LateSteps();
    fixture.steps(
        late.beforeFinish(
            finished -> {
              if (beforeItIsFinished && finished == step) {
                throw new RunFixture.Killed();
              }
            }));

    fixture.runAndDie(
        root, config(), beforeItIsFinished ? TrainingListener.none() : RunFixture.killAt(step));
    fixture.steps(new LateSteps());
    fixture.run(root, config(), TrainingListener.none());

    requireSame();
  }

  @Test
  void shouldTellOfAStepThatIsNoNumberThoughTheNextIsBegun() throws Exception {
    LateSteps late = new LateSteps().brokenAt(7).longAt(7);
    fixture.steps(late);

    assertThatThrownBy(() -> fixture.run(root, config(), TrainingListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training diverged at step 7 (")
        .hasMessageContaining("is untouched");

    assertThat(late.overtaken()).contains(7L);
    assertThat(late.course()).doesNotContain("finished 8");
    assertThat(steps(fixture)).isEqualTo(undisturbed.steps().subList(0, 6));
    fixture.steps(new LateSteps());
    fixture.run(root, config(), TrainingListener.none());
    requireSame();
  }

  @Test
  void shouldSettleWhatWasBegunWhereTheNextCannotBe() throws Exception {
    LateSteps late = new LateSteps();
    fixture.steps(
        late.beforeBegin(
            step -> {
              if (step == 6) {
                throw new IllegalStateException("no memory");
              }
            }));

    assertThatThrownBy(() -> fixture.run(root, config(), TrainingListener.none()))
        .hasMessage("no memory");

    assertThat(steps(fixture)).isEqualTo(undisturbed.steps().subList(0, 5));
  }

  @Test
  void shouldSettleWhatWasBegunWhereItIsStopped() throws Exception {
    LateSteps late = new LateSteps().longAt(1);
    fixture.steps(late);
    TrainingRun[] run = new TrainingRun[1];
    TrainingListener stopper =
        RunFixture.onStep(
            report -> {
              if (report.step() == 1) {
                run[0].requestStop();
              }
            });

    try (TrainingRun opened = fixture.open(root, config(), new Beginning.GoOn(), stopper)) {
      run[0] = opened;
      opened.run();
    }

    assertThat(late.overtaken()).contains(1L);
    assertThat(steps(fixture)).isEqualTo(undisturbed.steps().subList(0, 2));
    assertThat(weights(2)).isNotEmpty();
    fixture.run(root, config(), TrainingListener.none());
    assertThat(steps(fixture)).isEqualTo(undisturbed.steps());
  }

  /** Steps that overlap would make more time than has passed. */
  @Test
  void shouldCountNoTimeTwice() throws Exception {
    List<Instant> ends = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    LateSteps late = new LateSteps().beforeFinish(step -> ends.add(Instant.now()));
    fixture.steps(late);

    fixture.run(
        root,
        fixture.config("schedule.steps=9", NEVER_SEEN[0], NEVER_SEEN[1], NEVER_SEEN[2]),
        RunFixture.onStep(
            report -> {
              ends.add(Instant.now());
              seconds.add(report.values().get(MetricNames.STEP_SECONDS));
            }));

    double passed = Duration.between(ends.get(0), ends.get(ends.size() - 1)).toNanos() / 1e9;
    assertThat(late.overtaken()).isNotEmpty();
    assertThat(seconds.stream().skip(1).mapToDouble(Double::doubleValue).sum())
        .isLessThanOrEqualTo(passed);
  }

  @Test
  @Timeout(60)
  void shouldSettleWhatWasBegunBeforeItWaitsForStudies() throws Exception {
    fixture.steps(new LateSteps());
    RunConfig following =
        fixture.config(
            "schedule.steps=6",
            "follow.on=true",
            "follow.replayRatio=0",
            NEVER_SEEN[0],
            NEVER_SEEN[1],
            NEVER_SEEN[2]);

    fixture.run(
        root,
        following,
        RunFixture.onStep(
            report -> {
              if (report.step() == 3) {
                // Behind the third step there is nothing left to learn from.
                fixture.append(Topic.TUPLES_TRAIN, "later", RunFixture.STUDIES);
              }
            }));

    assertThat(fixture.steps()).hasSize(6);
  }
}
