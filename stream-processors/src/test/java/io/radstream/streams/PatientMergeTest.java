package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.merge;
import static io.radstream.streams.Studies.report;
import static io.radstream.streams.Studies.study;
import static io.radstream.streams.Studies.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patients that turn out to be one; half of all patients are on the side of validation. */
class PatientMergeTest {

  private static final StageConfig SPLIT = CONFIG.withValidationShare(0.5);
  private static final String TRAINING = patient(Side.TRAIN, 0);
  private static final String TRAINING_TOO = patient(Side.TRAIN, 1);
  private static final String VALIDATION = patient(Side.VALIDATION, 0);

  @TempDir private Path stateDir;

  @Test
  void shouldMakeARevisionOfADecidedStudyForTheSurvivor() {
    try (StageDriver stage = new StageDriver(SPLIT, stateDir)) {
      stage.publish(study("s", TRAINING, finalReport(Studies.REPORT), 1), 0);
      stage.publish(merge(TRAINING_TOO, TRAINING), 1);

      assertThat(stage.tuples())
          .extracting(tuple -> tuple.getPatientId() + " " + tuple.getRevision())
          .containsExactly(TRAINING + " 1", TRAINING_TOO + " 2");
      assertThat(stage.validationTuples()).isEmpty();
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldTakeTheTupleBackOnTheSideThatTheStudyLeaves() {
    try (StageDriver stage = new StageDriver(SPLIT, stateDir)) {
      stage.publish(study("s", TRAINING, finalReport(Studies.REPORT), 1), 0);
      stage.publish(study("of another", TRAINING_TOO, finalReport(Studies.REPORT), 2), 0);
      stage.publish(merge(VALIDATION, TRAINING), 1);

      List<StudyTuple> training = stage.tuples();

      assertThat(training)
          .extracting(tuple -> tuple.getStudyId() + " " + tuple.getRevision())
          .containsExactly("s 1", "of another 1", "s 2");
      assertThat(training.get(2).getViews()).isEmpty();
      assertThat(training.get(2).getPatientId()).isEqualTo(TRAINING);
      StudyTuple moved = only(stage.validationTuples());
      assertThat(moved.getPatientId()).isEqualTo(VALIDATION);
      assertThat(moved.getRevision()).isEqualTo(2);
      assertThat(moved.getViews()).hasSize(1);
    }
  }

  @Test
  void shouldTakeATupleBackThatCannotBeMadeAgain() {
    try (StageDriver stage = new StageDriver(SPLIT, stateDir)) {
      stage.publish(study("s", TRAINING, finalReport(Studies.REPORT), 1), 0);
      stage.publish(study("s", TRAINING, report("Void.", ReportStatus.AMENDED, 2)), 1);
      stage.publish(merge(VALIDATION, TRAINING), 2);

      assertThat(stage.tuples()).extracting(tuple -> tuple.getViews().size()).containsExactly(1, 0);
      assertThat(stage.validationTuples()).isEmpty();
      assertThat(only(stage.rejections()).getReason()).isEqualTo(RejectionReason.REPORT_TOO_SHORT);
    }
  }

  @Test
  void shouldGiveOpenStudiesAndLaterPartsToTheSurvivor() {
    try (StageDriver stage = new StageDriver(SPLIT, stateDir)) {
      stage.publish(study("open", TRAINING, null, 1), 0);
      stage.publish(merge(TRAINING_TOO, TRAINING), 1);
      assertThat(stage.tuples()).isEmpty();

      stage.publish(study("open", TRAINING_TOO, finalReport(Studies.REPORT)), 2);
      stage.publish(study("later", TRAINING, finalReport(Studies.REPORT), 3), 3);
      stage.publish(study("later", TRAINING_TOO, null, 4), 4);

      assertThat(stage.tuples())
          .extracting(tuple -> tuple.getStudyId() + " " + tuple.getPatientId())
          .containsExactly(
              "open " + TRAINING_TOO, "later " + TRAINING_TOO, "later " + TRAINING_TOO);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldFollowChainsInWhateverOrderTheyCome() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("a", "A", finalReport(Studies.REPORT), 1), 0);
      stage.publish(merge("C", "B"), 1);
      stage.publish(merge("B", "A"), 2);
      stage.publish(merge("D", "C"), 3);

      assertThat(stage.tuples())
          .extracting(StudyTuple::getPatientId)
          .containsExactly("A", "C", "D");
    }
  }

  /** The later merge counts. */
  @Test
  void shouldTurnACycleRound() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("a", "A", finalReport(Studies.REPORT), 1), 0);
      stage.publish(study("b", "B", finalReport(Studies.REPORT), 2), 0);
      stage.publish(merge("B", "A"), 1);
      stage.publish(merge("C", "B"), 2);
      stage.publish(merge("A", "C"), 3);

      assertThat(stage.tuples())
          .extracting(tuple -> tuple.getStudyId() + tuple.getPatientId() + tuple.getRevision())
          .containsExactly("aA1", "bB1", "aB2", "bC2", "aC3", "aA4", "bA3");
      stage.publish(study("c", "C", finalReport(Studies.REPORT), 3), 4);
      assertThat(only(stage.tuples()).getPatientId()).isEqualTo("A");
    }
  }

  @Test
  void shouldTakeAMergeThatComesTwiceOnce() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("a", "A", finalReport(Studies.REPORT), 1), 0);
      stage.publish(merge("B", "A"), 1);
      stage.publish(merge("B", "A"), 2);

      assertThat(stage.tuples()).hasSize(2);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldRejectAMergeThatNamesNoTwoPatients() {
    Study another = Study.newBuilder(merge("B", "A")).setStudyId("patient/C").build();
    Study part =
        Study.newBuilder(whole("patient/A", 1))
            .setCorrection(merge("B", "A").getCorrection())
            .build();
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(merge("A", "A"), 0);
      stage.publish(merge("", "A"), 0);
      stage.publish(merge("A", ""), 0);
      stage.publish(another, 0);
      stage.publish(part, 0);

      assertThat(stage.rejections())
          .hasSize(5)
          .extracting(RejectedStudy::getReason)
          .containsOnly(RejectionReason.INVALID_RECORD);
    }
  }

  private static String patient(Side side, int number) {
    return IntStream.range(0, 1000)
        .mapToObj(i -> "patient " + i)
        .filter(id -> Side.of(id, SPLIT) == side)
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
