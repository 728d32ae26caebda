package io.radstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.lineage.StudyLineage;
import io.radstream.trainer.lineage.StudyTrace;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs over the topics of two hospitals: test.* and south.*, the latter with three times the
 * weight.
 */
class SeveralSourcesTest {

  private static final String SOURCES =
      "sources=[{name: north, topicPrefix: test.}, {name: south, topicPrefix: south., weight: 3}]";

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @BeforeEach
  void fillTheTopicsOfTheSouth() {
    for (Topic topic : Topic.values()) {
      fixture.cluster().topic("south." + topic.suffix(), 2);
    }
    for (int i = 0; i < 40; i++) {
      fixture
          .cluster()
          .append(
              "south.tuples.train",
              i % 2,
              "south" + i,
              Tuples.bytes(fixture.study("south", i), "south.tuples.train"));
    }
  }

  @Test
  void shouldReadBothByTheirWeightsAndNameThemOnTheLedger() throws Exception {
    RunSummary run =
        fixture.run(root, fixture.config("schedule.steps=40", SOURCES), TrainingListener.none());

    List<StudyRead> reads =
        fixture.steps().stream().flatMap(step -> step.getReads().stream()).toList();
    assertThat(run.studies()).isEqualTo(64);
    assertThat(reads).hasSize(320);
    assertThat(reads)
        .allSatisfy(
            read ->
                assertThat(read.getTuple().getTopic())
                    .isEqualTo(
                        read.getSource().equals("north")
                            ? "test.tuples.train"
                            : "south.tuples.train"));
    // Binomial: 240 of 320 expected, deviation 7.7.
    assertThat(reads.stream().filter(read -> read.getSource().equals("south")).count())
        .isBetween(240L - 31, 240L + 31);
  }

  @Test
  void shouldReproduceSuchARunAndResumeIt() throws Exception {
    RunConfig config = fixture.config("schedule.steps=9", SOURCES);
    fixture.runAndDie(root, config, RunFixture.killAt(6));
    List<StepRecord> before = fixture.steps();
    RunSummary run = fixture.run(root, config, TrainingListener.none());

    ReplaySummary replay =
        fixture.replay(
            new ReplayRequest(
                run.runId(), Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
            root.resolve("elsewhere"),
            ReplayListener.none());

    assertThat(replay.identical()).describedAs("%s", replay.difference()).isTrue();
    assertThat(fixture.steps().subList(0, before.size())).isEqualTo(before);
    assertThat(fixture.steps()).hasSize(9);
  }

  @Test
  void shouldHeedAWithdrawalBesideItsOwnLedger() throws Exception {
    fixture.withdraw("south3");

    fixture.run(
        root,
        fixture.config("schedule.steps=15", "sources=[{name: south, topicPrefix: south.}]"),
        TrainingListener.none());

    StudyLineage lineage = new StudyTrace(fixture.cluster(), Tuples.CONNECTION).of("south3");
    assertThat(lineage.withdrawn()).isTrue();
    assertThat(lineage.tuples()).isEqualTo(1);
    assertThat(lineage.runs()).isEmpty();
    assertThat(new StudyTrace(fixture.cluster(), Tuples.CONNECTION).of("south4").runs())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.source()).isEqualTo("south");
              assertThat(run.steps()).isNotEmpty();
            });
  }

  @Test
  void shouldSayWhatTheClusterOfASourceLacks() throws Exception {
    Path properties = Files.writeString(root.resolve("south.properties"), "bootstrap.servers=a:1");
    RunConfig config =
        fixture.config("sources=[{name: south, kafkaConfig: '%s'}]".formatted(properties));

    assertThatThrownBy(() -> fixture.run(root, config, TrainingListener.none()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "south.properties, the cluster of source south, does not set schema.registry.url");
  }

  @Test
  void shouldBranchOffALineThatGoesOn() throws Exception {
    RunConfig main = fixture.config("schedule.steps=8", "schedule.shape=constant");
    fixture.run(root, main, TrainingListener.none());
    Path checkpoint = root.resolve("line/000000004");
    RunConfig release = main.branch(4, 6).withLine("release");

    RunSummary branch;
    try (TrainingRun run =
        fixture.open(root, release, new Beginning.Branch(checkpoint), TrainingListener.none())) {
      branch = run.run();
    }

    assertThat(branch.step()).isEqualTo(10);
    assertThat(branch.checkpointId()).contains("release-000000010");
    List<StepRecord> steps =
        fixture.steps().stream().filter(step -> step.getRunId().equals(branch.runId())).toList();
    assertThat(steps).extracting(StepRecord::getStep).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(steps)
        .extracting(step -> step.getLearningRates().get(MetricNames.LEARNING_RATE_RADIOGRAPH))
        .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    ReplaySummary replay =
        fixture.replay(
            new ReplayRequest(
                branch.runId(), Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
            root,
            ReplayListener.none());
    assertThat(replay.identical()).describedAs("%s", replay.difference()).isTrue();
  }
}
