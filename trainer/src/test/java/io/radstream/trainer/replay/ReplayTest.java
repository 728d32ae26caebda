package io.radstream.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a very small network, taken again from topics in memory. */
class ReplayTest {

  private static final RecordSerde<StepRecord> LEDGER =
      RecordSerde.of(StepRecord.class, Tuples.CONNECTION);

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldReproduceARunFromTheTopicsAlone() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=9"), TrainingListener.none());
    List<ReplayedStep> replayed = new ArrayList<>();

    ReplaySummary replay =
        fixture.replay(
            new ReplayRequest(
                run.runId(), Optional.empty(), Optional.empty(), List.of(), Optional.of(1)),
            root.resolve("another machine"),
            collect(replayed));

    assertThat(replay.identical()).isTrue();
    assertThat(replay.steps()).isEqualTo(9);
    assertThat(replay.weightsDigest()).isEqualTo(weights(root, 9));
    assertThat(replayed)
        .extracting(ReplayedStep::step)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(replayed).filteredOn(step -> step.weightsDigest().isPresent()).hasSize(5);
    assertThat(fixture.steps()).hasSize(9);
  }

  @Test
  void shouldReproduceARunThatWasKilledAndResumed() throws Exception {
    RunConfig config = fixture.config("schedule.steps=9");
    fixture.runAndDie(root, config, RunFixture.killAt(6));
    RunSummary run = fixture.run(root, config, TrainingListener.none());

    ReplaySummary replay = replay(run.runId());

    assertThat(replay.identical()).isTrue();
    assertThat(replay.weightsDigest()).isEqualTo(weights(root, 9));
  }

  @Test
  void shouldReproduceTheSecondRunOfALine() throws Exception {
    fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());
    fixture.append(Topic.TUPLES_TRAIN, "late", 3);
    RunSummary second =
        fixture.run(root, fixture.config("schedule.steps=7"), TrainingListener.none());

    ReplaySummary replay = replay(second.runId());

    assertThat(replay.identical()).isTrue();
    assertThat(replay.steps()).isEqualTo(3);
    assertThat(replay.weightsDigest()).isEqualTo(weights(root, 7));
    assertThatThrownBy(
            () ->
                fixture.replay(
                    request(second.runId()), root.resolve("empty"), ReplayListener.none()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("began from checkpoint line-000000004, which is not in the store");
  }

  @Test
  void shouldLookAtNoOtherCheckpointThanItSetsInAt() throws Exception {
    fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());
    RunSummary second =
        fixture.run(root, fixture.config("schedule.steps=7"), TrainingListener.none());
    Files.createDirectory(root.resolve("line/000000005"));
    Files.writeString(root.resolve("line/000000007/state.json"), "damaged");

    ReplaySummary replay = replay(second.runId());

    assertThat(replay.identical()).isTrue();
    assertThat(replay.steps()).isEqualTo(3);
  }

  @Test
  void shouldStopWhereItIsTold() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=9"), TrainingListener.none());

    ReplaySummary replay =
        fixture.replay(
            new ReplayRequest(
                run.runId(), Optional.of(4L), Optional.empty(), List.of(), Optional.empty()),
            root,
            ReplayListener.none());

    assertThat(replay.step()).isEqualTo(4);
    assertThat(replay.weightsDigest()).isEqualTo(weights(root, 4));
  }

  @Test
  void shouldSetInAtACheckpoint() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=9"), TrainingListener.none());
    Path checkpoint = new CheckpointStore(root).load("line", 4).directory();

    ReplaySummary replay =
        fixture.replay(
            new ReplayRequest(
                run.runId(),
                Optional.empty(),
                Optional.of(checkpoint),
                List.of(),
                Optional.empty()),
            root.resolve("empty"),
            ReplayListener.none());

    assertThat(replay.steps()).isEqualTo(5);
    assertThat(replay.identical()).isTrue();
  }

  @Test
  void shouldShowWhatWouldHaveBeen() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=6"), TrainingListener.none());
    List<ReplayedStep> replayed = new ArrayList<>();

    ReplaySummary replay =
        fixture.replay(
            new ReplayRequest(
                run.runId(),
                Optional.empty(),
                Optional.empty(),
                List.of("schedule.radiographRate=0.001"),
                Optional.empty()),
            root,
            collect(replayed));

    assertThat(replay.counterfactual()).isTrue();
    assertThat(replay.identical()).isFalse();
    assertThat(replay.steps()).isEqualTo(6);
    assertThat(replay.weightsDigest()).isNotEqualTo(weights(root, 6));
    assertThat(replayed.get(0).again()).isEqualTo(replayed.get(0).before());
    assertThat(replayed.get(5).again()).isNotEqualTo(replayed.get(5).before());
  }

  @Test
  void shouldSayThatGradientsAreFoundAnotherWay() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=3"), TrainingListener.none());
    Map<String, String> other = new TreeMap<>();
    ReplayListener listener =
        new ReplayListener() {
          @Override
          public void started(String runId, long step, Map<String, String> environment) {
            other.putAll(environment);
          }
        };

    fixture.replay(
        new ReplayRequest(
            run.runId(),
            Optional.empty(),
            Optional.empty(),
            List.of("compute.program=EAGER"),
            Optional.of(1)),
        root,
        listener);

    assertThat(other).containsOnlyKeys("program");
    assertThat(other.get("program")).matches("explicit parts [0-9a-f]{12}, now eager");
  }

  @Test
  void shouldNameTheFirstStepWithOtherData() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=3"), TrainingListener.none());
    long offset = fixture.steps().get(1).getReads().get(3).getTuple().getOffset();
    int partition = fixture.steps().get(1).getReads().get(3).getTuple().getPartition();
    StudyTuple another = fixture.study("train", 1000);
    fixture
        .cluster()
        .replace(
            RunFixture.name(Topic.TUPLES_TRAIN),
            partition,
            offset,
            Tuples.bytes(another, RunFixture.name(Topic.TUPLES_TRAIN)));

    ReplaySummary replay = replay(run.runId());

    assertThat(replay.identical()).isFalse();
    assertThat(replay.difference().orElseThrow()).startsWith("step 2 differs in its data");
    assertThat(replay.steps()).isEqualTo(2);
  }

  @Test
  void shouldTellSeedConfigAndArithmeticApart() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=3"), TrainingListener.none());

    alter(2, step -> step.setLosses(Map.of("loss", 1.0)));
    assertThat(replay(run.runId()).difference().orElseThrow())
        .startsWith("step 2 differs in its arithmetic");
    alter(2, step -> step.setLearningRates(Map.of()));
    assertThat(replay(run.runId()).difference().orElseThrow())
        .startsWith("step 2 differs in its config");
    alter(1, step -> step.setSeed(3));
    assertThat(replay(run.runId()).difference().orElseThrow())
        .startsWith("step 1 differs in its seed");
  }

  @Test
  void shouldSayThatThereIsNoSuchRun() {
    assertThatThrownBy(() -> replay("nobody"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the ledger has no run nobody");
  }

  /** Of the first record on the ledger that is about this step. */
  private void alter(long step, Consumer<StepRecord.Builder> change) {
    String topic = RunFixture.name(Topic.TRAINING_LEDGER);
    List<StepRecord> all = fixture.published(Topic.TRAINING_LEDGER, StepRecord.class);
    for (int offset = 0; offset < all.size(); offset++) {
      if (all.get(offset).getOpening() == null && all.get(offset).getStep() == step) {
        StepRecord.Builder builder = StepRecord.newBuilder(all.get(offset));
        change.accept(builder);
        byte[] bytes = LEDGER.serializer().serialize(topic, builder.build());
        // The run's process left a mark before its first record.
        fixture.cluster().replace(topic, 0, offset + 1, bytes);
      }
    }
  }

  private ReplaySummary replay(String runId) throws IOException, InterruptedException {
    return fixture.replay(request(runId), root, ReplayListener.none());
  }

  private static ReplayRequest request(String runId) {
    return new ReplayRequest(
        runId, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
  }

  private static String weights(Path store, long step) throws IOException {
    return new CheckpointStore(store).load("line", step).state().files().get(Checkpoint.MODEL);
  }

  private static ReplayListener collect(List<ReplayedStep> steps) {
    return new ReplayListener() {
      @Override
      public void replayed(ReplayedStep step) {
        steps.add(step);
      }
    };
  }
}
