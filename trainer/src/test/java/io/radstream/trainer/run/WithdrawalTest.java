package io.radstream.trainer.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.ledger.WithdrawnStudyException;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From a withdrawal on no run reads the study. Study train3 is the second tuple of partition 1. */
class WithdrawalTest {

  private static final String STUDY = "train3";
  private static final int PARTITION = 1;
  private static final long OFFSET = 1;

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldNotReadAStudyThatWasWithdrawnBefore() throws Exception {
    fixture.withdraw(STUDY);

    fixture.run(root, fixture.config("schedule.steps=6"), TrainingListener.none());

    assertThat(fixture.steps()).hasSize(6).noneMatch(WithdrawalTest::reads);
  }

  @Test
  void shouldNotReadAStudyWhoseWithdrawalCannotBeRead() throws Exception {
    String topic = RunFixture.name(Topic.STUDIES_WITHDRAWN);
    fixture.cluster().append(topic, 0, STUDY, "no Avro at all".getBytes(UTF_8));
    fixture.cluster().append(topic, 0, "no Avro and no key".getBytes(UTF_8));

    fixture.run(root, fixture.config("schedule.steps=6"), TrainingListener.none());

    assertThat(fixture.steps()).hasSize(6).noneMatch(WithdrawalTest::reads);
  }

  @Test
  void shouldNotReadItAnyMoreFromTheStepOnAtWhichItIsWithdrawn() throws Exception {
    TrainingListener withdrawing =
        RunFixture.onStep(
            report -> {
              if (report.step() == 3) {
                fixture.withdraw(STUDY);
                awaitFollower();
              }
            });

    fixture.run(root, fixture.config("schedule.steps=12"), withdrawing);

    List<StepRecord> steps = fixture.steps();
    assertThat(steps.subList(0, 3)).anyMatch(WithdrawalTest::reads);
    assertThat(steps.subList(3, 12)).noneMatch(WithdrawalTest::reads);
  }

  @Test
  void shouldBeginANewRunRatherThanTakeAStepAgainThatReadIt() throws Exception {
    RunConfig config = fixture.config("schedule.steps=9");
    fixture.runAndDie(root, config, RunFixture.killAt(7));
    RecordRef read = fixture.steps().get(4).getReads().get(0).getTuple();
    fixture.withdraw("train" + (2 * read.getOffset() + read.getPartition()));

    RunSummary again = fixture.run(root, config, TrainingListener.none());

    assertThat(again.outcome()).isEqualTo(RunSummary.Outcome.FINISHED);
    List<StepRecord> later =
        fixture.steps().stream().filter(step -> step.getRunId().equals(again.runId())).toList();
    assertThat(later).extracting(StepRecord::getStep).containsExactly(5L, 6L, 7L, 8L, 9L);
    assertThat(later.stream().flatMap(step -> step.getReads().stream()))
        .extracting(StudyRead::getTuple)
        .doesNotContain(read);
  }

  @Test
  void shouldNotReplayAStepThatReadIt() throws Exception {
    RunSummary run = fixture.run(root, fixture.config("schedule.steps=3"), TrainingListener.none());
    fixture.withdraw(STUDY);

    assertThatThrownBy(
            () ->
                fixture.replay(
                    new ReplayRequest(
                        run.runId(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()),
                    root,
                    ReplayListener.none()))
        .isInstanceOf(WithdrawnStudyException.class)
        .hasMessageContaining("the study at 1@1 of source own was withdrawn");
  }

  private void awaitFollower() {
    try {
      fixture.cluster().awaitRead(RunFixture.name(Topic.STUDIES_WITHDRAWN), 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean reads(StepRecord step) {
    return step.getReads().stream()
        .anyMatch(
            read ->
                read.getTuple().getPartition() == PARTITION
                    && read.getTuple().getOffset() == OFFSET);
  }
}
