package io.radstream.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.TrainingListener;
import io.radstream.trainer.tuples.RecordRanks;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same studies on topics whose transactions were committed at other moments. */
class StagedTwiceTest {

  private static final String AGAIN = "again.";
  private static final String TUPLES = RunFixture.name(Topic.TUPLES_TRAIN);
  private static final String[] FOLLOWING = {
    "schedule.steps=6", "schedule.shape=constant", "follow.on=true", "follow.replayRatio=0.25"
  };

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture(5);

  @Test
  void shouldLearnTheSameWhereverTransactionsWereCommitted() throws Exception {
    RunConfig config = fixture.config("schedule.steps=9");
    fixture.run(root.resolve("once"), config, TrainingListener.none());

    try (RunFixture again = new RunFixture(3)) {
      again.run(root.resolve("again"), config, TrainingListener.none());

      assertThat(again.steps())
          .extracting(StepRecord::getBatchDigest)
          .isEqualTo(fixture.steps().stream().map(StepRecord::getBatchDigest).toList());
    }
    assertThat(weights("again")).isEqualTo(weights("once"));
  }

  @Test
  void shouldGoOnInTheSameOrderAfterAKill() throws Exception {
    RunConfig config = fixture.config("schedule.steps=9");
    try (RunFixture undisturbed = new RunFixture(3)) {
      undisturbed.run(root.resolve("undisturbed"), config, TrainingListener.none());
    }

    fixture.runAndDie(root.resolve("killed"), config, RunFixture.killAt(6));
    fixture.run(root.resolve("killed"), config, TrainingListener.none());
    fixture.run(root.resolve("new disk"), config, TrainingListener.none());

    assertThat(weights("killed")).isEqualTo(weights("undisturbed"));
    assertThat(weights("new disk")).isEqualTo(weights("undisturbed"));
  }

  @Test
  void shouldReplayFromTopicsElsewhere() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=9"), TrainingListener.none());
    stage(AGAIN + Topic.TUPLES_TRAIN.suffix(), 2, 3);

    ReplaySummary replay = replay(run, AGAIN);

    assertThat(replay.difference()).isEmpty();
    assertThat(replay.identical()).isTrue();
    assertThat(replay.steps()).isEqualTo(9);
  }

  @Test
  void shouldReplayFromTopicsThatWereDeletedAndStagedAgain() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=9"), TrainingListener.none());
    stage(TUPLES, 2, 4);

    ReplaySummary replay = replay(run);

    assertThat(replay.difference()).isEmpty();
    assertThat(replay.identical()).isTrue();
  }

  @Test
  void shouldReplayOneSourceOfTwoFromElsewhere() throws Exception {
    stage("south." + Topic.TUPLES_TRAIN.suffix(), 2, 7);
    for (Topic topic : List.of(Topic.TUPLES_VALIDATION, Topic.STUDIES_WITHDRAWN)) {
      fixture.cluster().topic("south." + topic.suffix(), 2);
    }
    RunConfig config =
        fixture.config(
            "schedule.steps=4",
            "sources=[{name: north, topicPrefix: test.}, {name: south, topicPrefix: south.}]");
    RunSummary run = fixture.run(root, config, TrainingListener.none());
    stage(AGAIN + Topic.TUPLES_TRAIN.suffix(), 2, 2);

    ReplaySummary replay = replay(run, "south=" + AGAIN);

    assertThat(replay.difference()).isEmpty();
    assertThat(replay.identical()).isTrue();
    assertThatThrownBy(() -> replay(run, AGAIN))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("[north, south]")
        .hasMessageContaining("--sources NAME=again.");
    assertThatThrownBy(() -> replay(run, "west=" + AGAIN))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("west is not one of them");
  }

  @Test
  void shouldReplayWhatFollowedTheStreamAndWasKilled() throws Exception {
    fixture.append(Topic.TUPLES_TRAIN, "late", 24);
    RunConfig config = fixture.config(FOLLOWING);
    fixture.runAndDie(root, config, RunFixture.killAt(5));
    RunSummary run = fixture.run(root, config, TrainingListener.none());
    stage(AGAIN + Topic.TUPLES_TRAIN.suffix(), 2, 3);
    stageMore(AGAIN + Topic.TUPLES_TRAIN.suffix(), "late", 2, 3);

    ReplaySummary replay = replay(run, AGAIN);

    assertThat(replay.difference()).isEmpty();
    assertThat(replay.identical()).isTrue();
    assertThat(replay.steps()).isEqualTo(6);
    requireTrueRanks();
  }

  @Test
  void shouldCountOnFromARunToTheNextOfItsLine() throws Exception {
    fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());
    fixture.append(Topic.TUPLES_TRAIN, "late", 24);

    fixture.run(root, fixture.config(FOLLOWING), TrainingListener.none());

    assertThat(fixture.steps()).hasSize(6);
    requireTrueRanks();
  }

  /** Whatever the ledger says of a study's rank can be counted on the topic. */
  private void requireTrueRanks() {
    RecordRanks records = RecordRanks.read(fixture.cluster(), TUPLES);
    for (StepRecord step : fixture.steps()) {
      for (StudyRead read : step.getReads()) {
        TupleRef ref = new TupleRef(read.getTuple().getPartition(), read.getTuple().getOffset());
        assertThat(read.getRank()).isEqualTo(records.rank(ref)).isNotNegative();
      }
    }
  }

  @Test
  void shouldLearnFromTheLabelsThatWereThereThen() throws Exception {
    label(RunFixture.name(Topic.LABELS), 0, 24, 1);
    RunConfig config =
        fixture.config(
            "schedule.steps=4", "model.objectives.labels=1", "model.findings=[effusion]");
    RunSummary run = fixture.run(root, config, TrainingListener.none());
    stage(AGAIN + Topic.TUPLES_TRAIN.suffix(), 2, 3);
    fixture.cluster().topic(AGAIN + Topic.LABELS.suffix(), 2);
    label(AGAIN + Topic.LABELS.suffix(), 0, 20, 1);

    assertThatThrownBy(() -> replay(run, AGAIN))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("publish the same labels");
    label(AGAIN + Topic.LABELS.suffix(), 20, 24, 1);
    label(AGAIN + Topic.LABELS.suffix(), 0, 24, 0);
    ReplaySummary replay = replay(run, AGAIN);

    assertThat(replay.difference()).isEmpty();
    assertThat(replay.identical()).isTrue();
  }

  @Test
  void shouldSayThatOtherStudiesWereStaged() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=2"), TrainingListener.none());
    String topic = AGAIN + Topic.TUPLES_TRAIN.suffix();

    fixture.cluster().topic(topic, 2);
    stageMore(topic, "other", 2, 3);
    assertThat(replay(run, AGAIN).difference().orElseThrow())
        .startsWith("step 1 differs in its data");

    fixture.cluster().topic(topic, 2);
    fixture.cluster().append(topic, 0, bytes(topic, "train", 0));
    assertThatThrownBy(() -> replay(run, AGAIN))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("were all studies staged again?");

    stage(topic, 3, 3);
    assertThatThrownBy(() -> replay(run, AGAIN))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the run read 2 partitions of source own, and %s has 3", topic)
        .hasMessageContaining("--partitions 2");
  }

  @Test
  void shouldSayThatAFollowingRunReadOtherPartitions() throws Exception {
    fixture.append(Topic.TUPLES_TRAIN, "late", 24);
    RunSummary run = fixture.run(root, fixture.config(FOLLOWING), TrainingListener.none());
    stage(AGAIN + Topic.TUPLES_TRAIN.suffix(), 3, 3);

    assertThatThrownBy(() -> replay(run, AGAIN))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the run read 2 partitions of source own");
  }

  private ReplaySummary replay(RunSummary run, String... elsewhere)
      throws IOException, InterruptedException {
    Restaging restaging =
        new Restaging(List.of(elsewhere).stream().map(RestagedSource::of).toList());
    return fixture.replay(
        new ReplayRequest(
            run.runId(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(restaging),
            Optional.empty()),
        root,
        ReplayListener.none());
  }

  private void stage(String topic, int partitions, int transaction) {
    fixture.cluster().topic(topic, partitions);
    stageMore(topic, "train", partitions, transaction);
  }

  private void stageMore(String topic, String prefix, int partitions, int transaction) {
    for (int i = 0; i < RunFixture.STUDIES; i++) {
      fixture.cluster().append(topic, i % partitions, bytes(topic, prefix, i));
      if (i % transaction == 0) {
        fixture.cluster().mark(topic, i % partitions);
      }
    }
  }

  private byte[] bytes(String topic, String prefix, int number) {
    return Tuples.bytes(fixture.study(prefix, number), topic);
  }

  private void label(String topic, int from, int to, double label) {
    try (RecordSerde<LabelledStudy> serde =
        RecordSerde.of(LabelledStudy.class, Tuples.CONNECTION)) {
      for (int i = from; i < to; i++) {
        LabelledStudy labelled =
            new LabelledStudy("train" + i, "test", Map.of("effusion", label), List.of(), null);
        fixture.cluster().append(topic, i % 2, serde.serializer().serialize(topic, labelled));
      }
    }
  }

  private String weights(String store) throws IOException {
    return new CheckpointStore(root.resolve(store))
        .load("line", 9)
        .state()
        .files()
        .get(Checkpoint.MODEL);
  }
}
