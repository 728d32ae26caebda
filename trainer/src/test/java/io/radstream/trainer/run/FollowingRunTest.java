package io.radstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.ReadRange;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.ledger.LedgerException;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on with what arrives; 24 studies are there, a batch is 8. */
class FollowingRunTest {

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldLearnFromEveryStudyOnceWhereNothingIsReplayed() throws Exception {
    RunSummary run = follow("schedule.steps=4", "follow.replayRatio=0");

    assertThat(run.outcome()).isEqualTo(RunSummary.Outcome.FINISHED);
    assertThat(reads()).extracting(StudyRead::getTuple).hasSize(32).doesNotHaveDuplicates();
  }

  @Test
  void shouldMixInOlderStudies() throws Exception {
    follow("schedule.steps=4", "follow.replayRatio=0.5");

    List<StudyRead> reads = reads();
    long distinct = reads.stream().map(StudyRead::getTuple).distinct().count();
    assertThat(distinct).isBetween(12L, 26L);
    for (StepRecord step : fixture.steps()) {
      assertThat(step.getReads()).extracting(StudyRead::getTuple).doesNotHaveDuplicates();
      assertThat(step.getReads()).extracting(StudyRead::getDraw).containsOnly(step.getStep() - 1);
    }
  }

  @Test
  void shouldReplayTheNewestRevisionOnly() throws Exception {
    for (int i = 0; i < 8; i++) {
      StudyTuple amended = StudyTuple.newBuilder(fixture.study("train", i)).setRevision(2).build();
      fixture.append(Topic.TUPLES_TRAIN, i % 2, amended);
    }
    follow("schedule.steps=9", "follow.replayRatio=0.5");

    List<StepRecord> steps = fixture.steps();
    List<StudyRead> seen = new ArrayList<>();
    for (StepRecord step : steps) {
      for (StudyRead read : step.getReads()) {
        boolean superseded =
            read.getTuple().getOffset() < 4
                && seen.stream().anyMatch(earlier -> isAmended(earlier, read));
        assertThat(superseded).isFalse();
      }
      seen.addAll(step.getReads());
    }
  }

  @Test
  void shouldNotReplayWhatWasTakenBack() throws Exception {
    fixture.run(root, config("schedule.steps=3", "follow.replayRatio=0"), TrainingListener.none());
    for (int i = 0; i < 8; i++) {
      String study = fixture.study("train", i).getStudyId();
      fixture.append(Topic.TUPLES_TRAIN, i % 2, Tuples.takenBack(study, 2));
    }
    fixture.append(Topic.TUPLES_TRAIN, "later", 24);

    fixture.run(
        root, config("schedule.steps=7", "follow.replayRatio=0.5"), TrainingListener.none());

    Set<Integer> behind = new HashSet<>();
    for (StepRecord step : fixture.steps()) {
      List<RecordRef> read = step.getReads().stream().map(StudyRead::getTuple).toList();
      assertThat(read)
          .noneMatch(tuple -> tuple.getOffset() < 4 && behind.contains(tuple.getPartition()));
      assertThat(read).noneMatch(tuple -> tuple.getOffset() >= 12 && tuple.getOffset() < 16);
      read.stream()
          .filter(tuple -> tuple.getOffset() >= 16)
          .forEach(tuple -> behind.add(tuple.getPartition()));
    }
    assertThat(behind).isNotEmpty();
  }

  /** The amended tuples stand behind the first twelve of a partition, in the same order. */
  private static boolean isAmended(StudyRead later, StudyRead read) {
    return later.getTuple().getPartition() == read.getTuple().getPartition()
        && later.getTuple().getOffset() == read.getTuple().getOffset() + 12;
  }

  @Test
  void shouldGoOnWhereItWasKilled() throws Exception {
    RunConfig config = config("schedule.steps=6", "follow.replayRatio=0.25");
    appendLater();
    fixture.runAndDie(root, config, RunFixture.killAt(5));
    List<StepRecord> before = fixture.steps();

    RunSummary again = fixture.run(root, config, TrainingListener.none());

    assertThat(fixture.steps())
        .extracting(StepRecord::getStep)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(fixture.steps().subList(0, before.size())).isEqualTo(before);
    ReplaySummary replay =
        fixture.replay(
            new ReplayRequest(
                again.runId(), Optional.empty(), Optional.empty(), List.of(), Optional.of(1)),
            root.resolve("elsewhere"),
            ReplayListener.none());
    assertThat(replay.identical()).describedAs("%s", replay.difference()).isTrue();
    assertThat(replay.steps()).isEqualTo(6);
  }

  @Test
  void shouldPassOverWhatItCannotKeepUpWithAndSaySo() throws Exception {
    follow(
        "schedule.steps=1",
        "follow.replayRatio=0",
        "follow.onLag=newest_first",
        "follow.maxLag=20");

    List<ReadRange> passed = fixture.steps().get(0).getPassedOver();
    assertThat(passed).hasSize(2);
    assertThat(passed.stream().mapToLong(range -> range.getEnd() - range.getBegin()).sum())
        .isGreaterThanOrEqualTo(14);
    assertThat(reads())
        .allSatisfy(
            read ->
                assertThat(read.getTuple().getOffset())
                    .isGreaterThanOrEqualTo(passed.get(0).getEnd()));
  }

  @Test
  void shouldTellHowFarBehindItIs() throws Exception {
    follow("schedule.steps=2", "follow.replayRatio=0");

    List<Double> lags =
        fixture.published(Topic.TRAINING_METRICS, TrainingMetric.class).stream()
            .flatMap(metric -> Stream.ofNullable(metric.getValues().get(MetricNames.LAG)))
            .toList();
    assertThat(lags).hasSize(2);
    assertThat(lags.get(0)).isGreaterThan(lags.get(1));
  }

  @Test
  void shouldStopWhileNothingArrives() throws Exception {
    RunConfig config = config("schedule.steps=100", "follow.replayRatio=0");
    List<TrainingRun> opened = new ArrayList<>();
    TrainingListener stopper =
        RunFixture.onStep(
            report -> {
              if (report.step() == 3) {
                opened.get(0).requestStop();
              }
            });

    try (TrainingRun run = fixture.open(root, config, new Beginning.GoOn(), stopper)) {
      opened.add(run);
      assertThat(run.run().outcome()).isEqualTo(RunSummary.Outcome.STOPPED);
    }
    assertThat(fixture.steps()).hasSize(3);
  }

  @Test
  @Timeout(60) // it waited for studies, for ever
  void shouldEndWhereItsLineIsTakenWhileNothingArrives() {
    RunConfig config = config("schedule.steps=100", "follow.replayRatio=0");
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

  @Test
  @Timeout(60) // it waited for studies, for ever
  void shouldEndWhereACheckpointCannotBeWrittenWhileNothingArrives() {
    RunConfig config = config("schedule.steps=100", "follow.replayRatio=0", "checkpoint.every=3");
    TrainingListener obstacle =
        RunFixture.onStep(
            report -> {
              if (report.step() == 2) {
                write(root.resolve("line/000000003"), "a file in its place");
              }
            });

    assertThatThrownBy(() -> fixture.run(root, config, obstacle))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write checkpoint")
        .hasMessageContaining("earlier checkpoints are untouched");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void takeLineElsewhere(RunConfig config) {
    try {
      fixture
          .open(root.resolve("elsewhere"), config, new Beginning.NewRun(), TrainingListener.none())
          .close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldGoOnBehindWhatAFiniteRunHasRead() throws Exception {
    fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());
    appendLater();

    fixture.run(root, config("schedule.steps=5", "follow.replayRatio=0"), TrainingListener.none());

    assertThat(fixture.steps().get(4).getReads())
        .allSatisfy(read -> assertThat(read.getTuple().getOffset()).isGreaterThanOrEqualTo(12));
  }

  @Test
  @Timeout(60)
  void shouldNotGoOnWhereTheTopicWasMadeAgain() throws Exception {
    follow("schedule.steps=4");
    makeAgain(2);

    assertThatThrownBy(() -> fixture.run(root, config("schedule.steps=5"), TrainingListener.none()))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining("test.tuples.train-0 ends at offset 1, and the run goes on at offset")
        .hasMessageContaining("--fresh");
  }

  @Test
  @Timeout(60)
  void shouldEndWhereTheTopicIsMadeAgainMeanwhile() {
    TrainingListener vandal = RunFixture.onStep(report -> makeAgain(2));

    assertThatThrownBy(
            () -> fixture.run(root, config("schedule.steps=100", "follow.replayRatio=0"), vandal))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageMatching("test.tuples.train-. ends at offset ., and the run goes on at offset.*")
        .hasMessageContaining("deleted and made again");
  }

  @Test
  @Timeout(60)
  void shouldEndWhereWithdrawalsAreNoLongerHeardOf() {
    String topic = RunFixture.name(Topic.STUDIES_WITHDRAWN);
    TrainingListener vandal = RunFixture.onStep(report -> fixture.cluster().deny(topic));

    assertThatThrownBy(
            () -> fixture.run(root, config("schedule.steps=100", "follow.replayRatio=0"), vandal))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining(topic + " is not followed any more")
        .hasMessageContaining("let it describe and read the topic");
  }

  private void makeAgain(int count) {
    fixture.cluster().topic(RunFixture.name(Topic.TUPLES_TRAIN), 2);
    fixture.append(Topic.TUPLES_TRAIN, "again", count);
  }

  private RunSummary follow(String... settings) throws Exception {
    appendLater();
    return fixture.run(root, config(settings), TrainingListener.none());
  }

  private void appendLater() {
    fixture.append(Topic.TUPLES_TRAIN, "late", 24);
  }

  private RunConfig config(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("follow.on=true");
    all.add("schedule.shape=constant");
    return fixture.config(all.toArray(String[]::new));
  }

  private List<StudyRead> reads() {
    return fixture.steps().stream().flatMap(step -> step.getReads().stream()).toList();
  }
}
