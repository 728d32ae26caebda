package io.radstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import io.radstream.trainer.replay.Restaging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs that an older version began go on by its rules; a mark takes each sixth offset. */
class ArrangementTest {

  /** What the version before ranks read, as partition@offset, of these very topics. */
  private static final List<String> ORDER_OVER_OFFSETS =
      List.of(
          "1@12 1@3 0@1 1@8 0@6 1@6 0@10 1@7",
          "0@12 0@0 0@3 1@13 0@13 1@1 1@0 1@9",
          "0@7 1@2 0@8 0@9 0@4 1@4 0@2 1@10",
          "0@13 1@8 1@2 1@10 1@1 1@3 1@9 1@4",
          "0@9 0@10 0@7 1@0 0@6 0@12 1@7 0@8",
          "0@0 0@2 0@4 1@12 0@3 0@1 1@13 1@6",
          "0@2 0@4 1@10 0@13 1@1 0@9 0@8 1@3",
          "1@6 1@0 1@12 0@3 0@12 1@7 1@2 0@1",
          "0@0 0@6 1@13 0@7 1@9 1@8 1@4 0@10");

  private static final String[] FOLLOWING = {
    "schedule.steps=8", "schedule.shape=constant", "follow.on=true", "follow.replayRatio=0.25"
  };

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RecordSerde<StepRecord> LEDGER =
      RecordSerde.of(StepRecord.class, Tuples.CONNECTION);

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture(5);

  @Test
  void shouldGoOnWithAnOlderRunFromItsCheckpoint() throws Exception {
    RunConfig config = fixture.config("schedule.steps=9");
    beginOlderRun(config);
    editState(ArrangementTest::asOlderVersionsWrote);

    fixture.run(root, config, TrainingListener.none());

    assertThat(reads()).isEqualTo(ORDER_OVER_OFFSETS);
    assertThat(state(9).get("arrangement").asInt()).isEqualTo(1);
    assertThat(openings()).extracting(RunOpening::getArrangement).containsExactly(1, 1);
  }

  @Test
  void shouldGoOnWithAnOlderRunFromTheLedger() throws Exception {
    RunConfig config = fixture.config("schedule.steps=9");
    beginOlderRun(config);

    fixture.run(root.resolve("new disk"), config, TrainingListener.none());

    assertThat(reads()).isEqualTo(ORDER_OVER_OFFSETS);
  }

  @Test
  void shouldReplayAnOlderRun() throws Exception {
    RunConfig config = fixture.config("schedule.steps=9");
    beginOlderRun(config);
    RunSummary run = fixture.run(root, config, TrainingListener.none());
    alter(ArrangementTest::withoutRanks);

    ReplaySummary replay = replay(run, Optional.empty());

    assertThat(replay.identical()).describedAs("%s", replay.difference()).isTrue();
    assertThat(replay.steps()).isEqualTo(9);
    assertThatThrownBy(() -> replay(run, Optional.of(new Restaging(List.of()))))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("step 1 cannot be taken from topics that were staged again")
        .hasMessageContaining("without --sources");
  }

  @Test
  void shouldGoOnWithAnOlderRunThatFollowsTheStream() throws Exception {
    fixture.append(Topic.TUPLES_TRAIN, "late", 80);
    RunConfig config = fixture.config(FOLLOWING);
    beginOlderRun(config);
    editState(ArrangementTest::asOlderVersionsWrote);

    RunSummary run = fixture.run(root, config, TrainingListener.none());

    ReplaySummary replay = replay(run, Optional.empty());
    assertThat(replay.identical()).describedAs("%s", replay.difference()).isTrue();
    assertThat(replay.steps()).isEqualTo(8);
    assertThat(openings()).extracting(RunOpening::getArrangement).containsExactly(1, 1);
  }

  /** Nobody counted what the older run had read; the first study behind it has no known rank. */
  @Test
  void shouldSayThatItDoesNotKnowRanksBehindAnOlderRun() throws Exception {
    beginOlderRun(fixture.config("schedule.steps=9"));
    editState(ArrangementTest::asOlderVersionsWrote);
    fixture.append(Topic.TUPLES_TRAIN, "late", 80);

    RunSummary run = fixture.run(root, fixture.config(FOLLOWING), TrainingListener.none());

    assertThat(openings()).extracting(RunOpening::getArrangement).containsExactly(1, 2);
    assertThat(replay(run, Optional.empty()).identical()).isTrue();
    assertThatThrownBy(() -> replay(run, Optional.of(new Restaging(List.of()))))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("an older version began the run or the run before it");
  }

  @Test
  void shouldBeginANewRunByTheNewestRules() throws Exception {
    beginOlderRun(fixture.config("schedule.steps=9"));

    fixture.run(root, fixture.config("schedule.steps=12"), TrainingListener.none());

    assertThat(openings()).extracting(RunOpening::getArrangement).containsExactly(1, 2);
  }

  /** Records that have none were written before there was a choice. */
  @Test
  void shouldTakeALedgerWithoutArrangementForTheFirst() {
    assertThat(RunOpening.getClassSchema().getField("arrangement").defaultVal()).isEqualTo(1);
    assertThat(StudyRead.getClassSchema().getField("rank").defaultVal()).isEqualTo(-1L);
  }

  @Test
  void shouldRefuseARunOfANewerVersion() throws Exception {
    RunConfig config = fixture.config("schedule.steps=4");
    RunSummary run = fixture.run(root, config, TrainingListener.none());
    editState(state -> state.put("arrangement", 3));
    alter(ArrangementTest::ofANewerVersion);

    for (Path store : List.of(root, root.resolve("empty"))) {
      assertThatThrownBy(() -> fixture.run(store, config, TrainingListener.none()))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("arrangement 3, and this version knows none above 2")
          .hasMessageContaining("--new-run");
    }
    assertThatThrownBy(() -> replay(run, Optional.empty()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("arrangement 3");
  }

  private void beginOlderRun(RunConfig config) throws Exception {
    try (TrainingRun run =
        fixture.open(
            root, config, new Beginning.GoOn(), Arrangement.OFFSETS, RunFixture.killAt(6))) {
      run.run();
    } catch (RunFixture.Killed e) {
      // as it should be
    }
  }

  private static ObjectNode asOlderVersionsWrote(ObjectNode state) {
    state.remove("arrangement");
    state.get("studies").forEach(studies -> ((ObjectNode) studies).remove("records"));
    state.get("ranges").forEach(range -> ((ObjectNode) range).remove("records"));
    state.get("next").forEach(next -> ((ObjectNode) next).remove("ranks"));
    return state;
  }

  private void editState(UnaryOperator<ObjectNode> edit) throws IOException {
    Files.writeString(stateFile(4), edit.apply(state(4)).toString());
  }

  private ObjectNode state(long step) throws IOException {
    return (ObjectNode) JSON.readTree(Files.readString(stateFile(step)));
  }

  private Path stateFile(long step) throws IOException {
    return new CheckpointStore(root).load("line", step).directory().resolve("state.json");
  }

  private static StepRecord withoutRanks(StepRecord step) {
    return StepRecord.newBuilder(step)
        .setReads(
            step.getReads().stream()
                .map(read -> StudyRead.newBuilder(read).clearRank().build())
                .toList())
        .build();
  }

  private static StepRecord ofANewerVersion(StepRecord step) {
    return step.getOpening() == null
        ? step
        : StepRecord.newBuilder(step)
            .setOpening(RunOpening.newBuilder(step.getOpening()).setArrangement(3).build())
            .build();
  }

  private void alter(UnaryOperator<StepRecord> change) {
    String topic = RunFixture.name(Topic.TRAINING_LEDGER);
    fixture
        .cluster()
        .edit(
            topic,
            value -> {
              StepRecord before = LEDGER.deserializer().deserialize(topic, value);
              return LEDGER.serializer().serialize(topic, change.apply(before));
            });
  }

  private List<String> reads() {
    return fixture.steps().stream()
        .map(
            step ->
                String.join(
                    " ",
                    step.getReads().stream()
                        .map(StudyRead::getTuple)
                        .map(tuple -> tuple.getPartition() + "@" + tuple.getOffset())
                        .toList()))
        .toList();
  }

  private List<RunOpening> openings() {
    return fixture.published(Topic.TRAINING_LEDGER, StepRecord.class).stream()
        .map(StepRecord::getOpening)
        .filter(opening -> opening != null)
        .toList();
  }

  private ReplaySummary replay(RunSummary run, Optional<Restaging> restaging)
      throws IOException, InterruptedException {
    return fixture.replay(
        new ReplayRequest(
            run.runId(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            restaging,
            Optional.empty()),
        root,
        ReplayListener.none());
  }
}
