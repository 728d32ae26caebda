package io.radstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.figures.MetricNames;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** 24 studies of unknown time, eight of second 1,000 and sixteen of second 3,000; a batch is 8. */
class FirstReadsTest {

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldTellOnceWhenStudiesOfAFiniteRunArrived() throws Exception {
    appendDated();

    fixture.run(root, config("schedule.steps=13"), TrainingListener.none());

    assertThatAllAreTold();
  }

  @Test
  void shouldTellOnceWhenStudiesOfAFollowedStreamArrived() throws Exception {
    appendDated();
    String[] follow = {
      "follow.on=true", "schedule.shape=constant", "follow.replayRatio=0.5", "schedule.steps=7"
    };

    fixture.run(root, config(follow), TrainingListener.none());

    long dated =
        fixture.steps().stream()
            .flatMap(step -> step.getReads().stream())
            .map(StudyRead::getTuple)
            .filter(tuple -> tuple.getOffset() >= RunFixture.STUDIES / 2)
            .distinct()
            .count();
    assertThat(dated).isPositive();
    assertThat(total(MetricNames.FIRST_READ)).isEqualTo((double) dated);
  }

  @Test
  void shouldTellNothingTwiceWhereARunWasKilled() throws Exception {
    appendDated();
    RunConfig config = config("schedule.steps=13");
    fixture.runAndDie(root, config, RunFixture.killAt(7));

    fixture.run(root, config, TrainingListener.none());

    assertThatAllAreTold();
  }

  @Test
  void shouldTellOfAllThatACheckpointHasSeenBeforeItIsAnnounced() throws Exception {
    appendDated();

    fixture.run(
        root,
        config("schedule.steps=6", "metricsEvery=100", "checkpoint.every=3"),
        TrainingListener.none());

    assertThat(told()).extracting(TrainingMetric::getStep).isSubsetOf(1L, 3L, 6L).contains(6L);
    assertThatAllAreTold();
  }

  @Test
  void shouldTellNothingInCheckpointsOrWhereTimesAreNotKnown() throws Exception {
    fixture.run(root, config("schedule.steps=3"), TrainingListener.none());

    assertThat(told()).isEmpty();
    assertThat(fixture.published(Topic.CHECKPOINTS, CheckpointPublished.class))
        .isNotEmpty()
        .allSatisfy(
            checkpoint ->
                assertThat(checkpoint.getMetrics().keySet())
                    .noneMatch(name -> name.startsWith("first_read")));
  }

  private void appendDated() {
    fixture.cluster().time(1_000_000);
    fixture.append(Topic.TUPLES_TRAIN, "dated", 8);
    fixture.cluster().time(3_000_000);
    fixture.append(Topic.TUPLES_TRAIN, "later", 16);
  }

  private RunConfig config(String... overrides) {
    return fixture.config(overrides);
  }

  private void assertThatAllAreTold() {
    assertThat(total(MetricNames.FIRST_READ)).isEqualTo(24);
    assertThat(
            told().stream()
                .map(TrainingMetric::getValues)
                .mapToDouble(
                    values ->
                        values.get(MetricNames.FIRST_READ)
                            * values.get(MetricNames.FIRST_READ_MEAN))
                .sum())
        .isEqualTo(8 * 1_000.0 + 16 * 3_000.0);
    assertThat(told())
        .extracting(metric -> metric.getValues().get(MetricNames.FIRST_READ_OLDEST))
        .contains(1_000.0);
    assertThat(told())
        .extracting(metric -> metric.getValues().get(MetricNames.FIRST_READ_NEWEST))
        .contains(3_000.0);
  }

  private double total(String figure) {
    return told().stream().mapToDouble(metric -> metric.getValues().get(figure)).sum();
  }

  private List<TrainingMetric> told() {
    return fixture.published(Topic.TRAINING_METRICS, TrainingMetric.class).stream()
        .filter(metric -> metric.getValues().containsKey(MetricNames.FIRST_READ))
        .toList();
  }
}
