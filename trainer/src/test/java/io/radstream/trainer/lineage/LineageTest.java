package io.radstream.trainer.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.StudySeen;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.ledger.LedgerException;
import io.radstream.trainer.lineage.StudyLineage.ReadingRun;
import io.radstream.trainer.lineage.StudyLineage.TaughtCheckpoint;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What learned from a study, over two runs of a line. Three steps are an epoch. */
class LineageTest {

  private static final String STUDY = "train3";

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldNameEveryStepAndCheckpointAndWhatGrewOutOfThem() throws Exception {
    RunSummary first =
        fixture.run(root, fixture.config("schedule.steps=7"), TrainingListener.none());
    withdrawal().withdraw(STUDY, "consent revoked");
    RunSummary second =
        fixture.run(root, fixture.config("schedule.steps=12"), TrainingListener.none());

    StudyLineage lineage = trace(STUDY);

    assertThat(lineage.withdrawn()).isTrue();
    assertThat(lineage.tuples()).isEqualTo(1);
    ReadingRun run = lineage.runs().get(0);
    assertThat(lineage.runs()).hasSize(1);
    assertThat(run.runId()).isEqualTo(first.runId());
    assertThat(run.line()).isEqualTo("line");
    assertThat(run.steps()).isEqualTo(stepsThatReadIt());
    assertThat(lineage.checkpoints())
        .extracting(TaughtCheckpoint::checkpointId)
        .containsExactly("line-000000004", "line-000000007", "line-000000008", "line-000000012");
    assertThat(lineage.checkpoints())
        .extracting(TaughtCheckpoint::through)
        .containsOnly(first.runId());
    assertThat(lineage.checkpoints().get(3).runId()).isEqualTo(second.runId());
  }

  @Test
  void shouldNotNameACheckpointFromBeforeTheStudyCame() throws Exception {
    fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());
    fixture.append(Topic.TUPLES_TRAIN, 0, fixture.study("late", 0));
    fixture.run(root, fixture.config("schedule.steps=8"), TrainingListener.none());

    StudyLineage lineage = trace("late0");

    assertThat(lineage.checkpoints())
        .extracting(TaughtCheckpoint::checkpointId)
        .containsExactly("line-000000008");
    assertThat(lineage.withdrawn()).isFalse();
    assertThat(trace("validation1").runs()).isEmpty();
    assertThat(trace("nobody"))
        .isEqualTo(new StudyLineage("nobody", 0, false, List.of(), List.of()));
  }

  @Test
  void shouldTellTheServiceWhichRunsAreFlagged() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());
    StudyLineage lineage = trace(STUDY);

    withdrawal().withdraw(STUDY, "");
    withdrawal().flag(STUDY, "", lineage.runs());

    List<StudyWithdrawn> records = fixture.published(Topic.STUDIES_WITHDRAWN, StudyWithdrawn.class);
    assertThat(records).extracting(StudyWithdrawn::getStudyId).containsExactly(STUDY, STUDY);
    assertThat(records.get(0).getSeen()).isEmpty();
    assertThat(records.get(1).getSeen())
        .containsExactly(new StudySeen(run.runId(), "line", stepsThatReadIt().get(0)));
  }

  @Test
  void shouldGiveNoAnswerThatIsNotWhole() throws Exception {
    fixture.run(root, fixture.config("schedule.steps=2"), TrainingListener.none());
    fixture.cluster().append(RunFixture.name(Topic.TRAINING_LEDGER), 1, "x", new byte[] {1, 2});

    assertThatThrownBy(() -> trace(STUDY))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the ledger's record at 1@1 cannot be read");
  }

  @Test
  void shouldTraceAStudyThroughRunsWhoseSettingsNobodyCanRead() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=4"), TrainingListener.none());
    fixture.openRun("newer", "{\"formatVersion\": 99, \"sources\": [], \"model\": 1}");
    fixture.openRun("first", "{\"line\": \"a\", \"model\": {\"vocabulary\": 7}}");

    StudyLineage lineage = trace(STUDY);

    assertThat(lineage.runs()).extracting(ReadingRun::runId).containsExactly(run.runId());
  }

  private List<Long> stepsThatReadIt() {
    return LongStream.range(0, fixture.steps().size())
        .filter(
            index ->
                fixture.steps().get((int) index).getReads().stream()
                    .anyMatch(
                        read ->
                            read.getTuple().getPartition() == 1
                                && read.getTuple().getOffset() == 1))
        .map(index -> index + 1)
        .boxed()
        .toList();
  }

  private StudyLineage trace(String studyId) throws IOException {
    return new StudyTrace(fixture.cluster(), Tuples.CONNECTION).of(studyId);
  }

  private StudyWithdrawal withdrawal() {
    return new StudyWithdrawal(fixture.cluster(), Tuples.CONNECTION, Clock.systemUTC());
  }
}
