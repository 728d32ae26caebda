package io.radstream.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.SourceConfig;
import io.radstream.trainer.figures.RecordedFigures;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.TrainingListener;
import io.radstream.trainer.traits.Exclusion;
import io.radstream.trainer.traits.ExclusionText;
import io.radstream.trainer.traits.StudyPlace;
import io.radstream.trainer.tuples.TupleRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What would have been without some of the studies; 24 are there, a batch is 8. */
class ReplayWithoutTest {

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldLearnTheSameUpToTheStepThatReadTheStudy() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=3"), TrainingListener.none());
    long reading = reading(1, 1);
    Seen seen = new Seen();

    ReplaySummary replay = without(run, seen, "study=train3");

    assertThat(replay.counterfactual()).isTrue();
    assertThat(replay.identical()).isFalse();
    assertThat(replay.steps()).isEqualTo(3);
    assertThat(replay.leftOut()).isEqualTo(1);
    assertThat(replay.weightsDigest()).isNotEqualTo(weights(3));
    assertThat(seen.steps)
        .allSatisfy(
            step ->
                assertThat(step.again().equals(step.before())).isEqualTo(step.step() < reading));
  }

  @Test
  void shouldLearnTheSameWhereNothingMatches() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=3"), TrainingListener.none());

    ReplaySummary replay = without(run, new Seen(), "site=nowhere", "range=7:0-100");

    assertThat(replay.difference()).isEmpty();
    assertThat(replay.leftOut()).isZero();
    assertThat(replay.weightsDigest()).isEqualTo(weights(3));
  }

  @Test
  void shouldPassOverStepsOfWhichTooLittleIsLeft() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=6"), TrainingListener.none());
    Seen seen = new Seen();

    ReplaySummary replay =
        without(run, seen, "range=0:0-100,steps=3-4", "range=1:0-100,steps=3-4", "steps=6-6");

    assertThat(replay.steps()).isEqualTo(3);
    assertThat(replay.passedOver()).isEqualTo(3);
    assertThat(replay.leftOut()).isEqualTo(3 * 8);
    assertThat(replay.step()).isEqualTo(6);
    assertThat(replay.difference()).isEmpty();
    assertThat(seen.steps).extracting(ReplayedStep::step).containsExactly(1L, 2L, 5L);
    assertThat(seen.figures.get(2L)).isNotEmpty().isNotEqualTo(seen.figures.get(0L));
    assertThat(seen.figures.get(4L)).isEqualTo(seen.figures.get(2L));
    assertThat(seen.figures.get(6L)).isEqualTo(seen.figures.get(5L));
  }

  @Test
  void shouldMeasureWhatTheRunMeasured() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=9"), TrainingListener.none());
    Seen seen = new Seen();

    ReplaySummary replay = without(run, seen);

    Map<Long, Map<String, Double>> recorded =
        RecordedFigures.read(fixture.cluster(), Tuples.CONNECTION, run.runId()).validations();
    assertThat(replay.identical()).isTrue();
    assertThat(recorded).containsOnlyKeys(4L, 8L, 9L);
    recorded.forEach((step, figures) -> assertThat(seen.figures.get(step)).isEqualTo(figures));
  }

  @Test
  void shouldKnowTheSiteThatPublishedAStudy() throws Exception {
    for (int i = 0; i < 8; i++) {
      String site = i < 4 ? "north" : "south";
      fixture.append(Topic.TUPLES_TRAIN, 1, publishedBy(site, fixture.study("late", i)));
    }
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());
    List<StudyPlace> left = new ArrayList<>();

    without(
        run,
        new Seen() {
          @Override
          public boolean examines(long step) {
            return step == 0;
          }

          @Override
          public void examine(long step, ReplayedNetwork network) {
            network.forEach(List.of(place(1, 15), place(1, 12)), (at, study, loss) -> left.add(at));
          }
        },
        "site=south");
    ReplaySummary bySite = without(run, new Seen(), "site=south");
    ReplaySummary byOffsets = without(run, new Seen(), "range=1:16-19");

    assertThat(left).containsExactly(place(1, 12), place(1, 15));
    assertThat(bySite.weightsDigest())
        .isEqualTo(byOffsets.weightsDigest())
        .isNotEqualTo(weights(4));
  }

  @Test
  void shouldSayWhatCannotBeLeftOut() throws Exception {
    Path ids = root.resolve("ids");
    Files.writeString(ids, "\n train1 \ntrain2\n");

    assertThat(ExclusionText.parse("studies=" + ids)).hasToString("studies=2");
    assertThat(ExclusionText.parse("site=a, b,day=2026-01-31"))
        .hasToString("site=a, b,day=2026-01-31");
    assertThatThrownBy(() -> ExclusionText.parse("sites=a"))
        .hasMessageContaining("'sites' is nothing that studies are known by");
    assertThatThrownBy(() -> ExclusionText.parse("range=1-2"))
        .hasMessageContaining("not PARTITION:FROM-TO");
    assertThatThrownBy(() -> ExclusionText.parse("site")).hasMessageContaining("not KEY=VALUE");
  }

  private StudyTuple publishedBy(String site, StudyTuple tuple) {
    Study record =
        Study.newBuilder().setStudyId(tuple.getStudyId()).setPatientId("p").setSource(site).build();
    String topic = RunFixture.name(Topic.STUDIES);
    try (RecordSerde<Study> serde = RecordSerde.of(Study.class, Tuples.CONNECTION)) {
      long offset = fixture.cluster().append(topic, 0, serde.serializer().serialize(topic, record));
      return StudyTuple.newBuilder(tuple)
          .setOrigins(List.of(new RecordRef(topic, 0, offset)))
          .build();
    }
  }

  private static StudyPlace place(int partition, long offset) {
    return new StudyPlace(SourceConfig.OWN, new TupleRef(partition, offset));
  }

  /** The first step that read a tuple. */
  private long reading(int partition, long offset) {
    return fixture.steps().stream()
        .filter(
            step ->
                step.getReads().stream()
                    .anyMatch(
                        read ->
                            read.getTuple().getPartition() == partition
                                && read.getTuple().getOffset() == offset))
        .mapToLong(StepRecord::getStep)
        .min()
        .orElseThrow();
  }

  private ReplaySummary without(RunSummary run, Seen seen, String... exclusions) throws Exception {
    List<Exclusion> without = new ArrayList<>();
    for (String exclusion : exclusions) {
      without.add(ExclusionText.parse(exclusion));
    }
    return fixture.replay(
        new ReplayRequest(
            run.runId(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            without,
            true,
            Optional.empty()),
        root,
        seen);
  }

  private String weights(long step) throws Exception {
    return new CheckpointStore(root).load("line", step).state().files().get(Checkpoint.MODEL);
  }

  /** What a replay told. */
  private static class Seen implements ReplayListener {

    private final List<ReplayedStep> steps = new ArrayList<>();
    private final Map<Long, Map<String, Double>> figures = new HashMap<>();

    @Override
    public void replayed(ReplayedStep step) {
      steps.add(step);
    }

    @Override
    public boolean examines(long step) {
      return true;
    }

    @Override
    public void examine(long step, ReplayedNetwork network) {
      figures.put(step, network.figures());
    }
  }
}
