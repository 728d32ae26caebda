package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.retraction;
import static io.radstream.streams.Studies.study;
import static io.radstream.streams.Studies.viewsOf;
import static io.radstream.streams.Studies.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import io.radstream.streams.StageConfig.Reports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that take back what earlier ones said; the deadline is 600 s, studies are kept 3600 s. */
class RetractionTest {

  private static final String P = "patient of s";

  @TempDir private Path stateDir;

  @Test
  void shouldMakeARevisionWithoutTheViewsThatAreNotOfTheStudy() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1, 2), 0);
      stage.publish(retraction("s", P, false, 1), 1);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).extracting(StudyTuple::getRevision).containsExactly(1, 2);
      assertThat(ids(tuples.get(1))).containsExactly("view 2");
      assertThat(stage.rejections()).isEmpty();
    }
  }

  /** What was over the cap before takes the place. */
  @Test
  void shouldFillTheCapWithWhatIsLeft() {
    try (StageDriver stage = new StageDriver(CONFIG.withViewCap(2), stateDir)) {
      stage.publish(whole("s", 1, 2, 3), 0);
      stage.publish(retraction("s", P, false, 1), 1);

      assertThat(ids(stage.tuples().get(1))).containsExactly("view 2", "view 3");
    }
  }

  @Test
  void shouldTakeTheTupleBackWhereNothingIsLeftAndRejectNothing() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(retraction("s", P, true, 1), 1);
      stage.publish(whole("other", 2), 5000);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).extracting(StudyTuple::getStudyId).containsExactly("s", "s", "other");
      StudyTuple taken = tuples.get(1);
      assertThat(taken.getRevision()).isEqualTo(2);
      assertThat(taken.getViews()).isEmpty();
      assertThat(taken.getTokens()).isEmpty();
      assertThat(taken.getPatientId()).isEqualTo(P);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldTakeTheVeryRecordAgainThatWasTakenBack() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      for (int round = 0; round < 2; round++) {
        stage.publish(whole("s", 1), 4 * round);
        stage.publish(retraction("s", P, true, 1), 4 * round + 2);
      }
      stage.publish(whole("s", 1), 10);

      assertThat(stage.tuples())
          .extracting(tuple -> tuple.getViews().size())
          .containsExactly(1, 0, 1, 0, 1);
    }
  }

  @Test
  void shouldBeAnotherPatientsStudyOnceAllThatWasOfTheFirstIsTakenBack() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(retraction("s", P, true, 1), 2);
      stage.publish(study("s", "the right patient", finalReport(Studies.REPORT), 1), 4);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(stage.rejections()).isEmpty();
      assertThat(tuples)
          .extracting(StudyTuple::getPatientId)
          .containsExactly(P, P, "the right patient");
    }
  }

  @Test
  void shouldSendNothingWhereNothingWasSentBefore() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(retraction("s", P, false, 1), 1);
      stage.publish(whole("other", 2), 5000);

      assertThat(stage.tuples()).extracting(StudyTuple::getStudyId).containsExactly("other");
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldWaitForAnotherReportAndSetTheStudyAsideAtTheDeadline() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(retraction("s", P, true), 1);
      stage.publish(whole("other", 2), 600);
      assertThat(stage.tuples()).extracting(StudyTuple::getRevision).containsExactly(1, 2, 1);
      assertThat(stage.rejections()).isEmpty();

      stage.publish(whole("another", 3), 602);

      assertThat(only(stage.rejections()).getReason()).isEqualTo(RejectionReason.NO_REPORT);
    }
  }

  @Test
  void shouldTakeWhatComesAfterAllThatWasTakenBack() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(retraction("s", P, true, 1), 1);
      stage.publish(study("s", P, finalReport("Right nodule, not left."), 5), 2);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).extracting(StudyTuple::getRevision).containsExactly(1, 2, 3);
      assertThat(ids(tuples.get(2))).containsExactly("view 5");
    }
  }

  @Test
  void shouldDoWithoutTheReportWhereReportsAreOptional() {
    try (StageDriver stage = new StageDriver(CONFIG.withReports(Reports.OPTIONAL), stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(retraction("s", P, true), 1);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).hasSize(2);
      assertThat(tuples.get(1).getTokens()).isEmpty();
      assertThat(ids(tuples.get(1))).containsExactly("view 1");
    }
  }

  @Test
  void shouldSettleARetractionTogetherWithWhatComesBesideIt() {
    StageConfig config = CONFIG.withSettle(Duration.ofSeconds(1));
    try (StageDriver stage = new StageDriver(config, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(whole("other", 9), 10);
      stage.publish(retraction("s", P, false, 1), 11);
      stage.publish(viewsOf("s", 2), 11.5);
      stage.publish(whole("other", 9), 20);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).extracting(StudyTuple::getStudyId).containsExactly("s", "other", "s");
      assertThat(ids(tuples.get(2))).containsExactly("view 2");
    }
  }

  @Test
  void shouldHeedARetractionBeforeTheStudyWasDecided() {
    StageConfig config = CONFIG.withSettle(Duration.ofSeconds(1));
    try (StageDriver stage = new StageDriver(config, stateDir)) {
      stage.publish(whole("s", 1, 2), 0);
      stage.publish(retraction("s", P, false, 1), 0.5);
      stage.silence(Duration.ofSeconds(5));

      assertThat(ids(only(stage.tuples()))).containsExactly("view 2");
    }
  }

  @Test
  void shouldRejectARetractionThatNamesAnotherPatient() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(retraction("s", "somebody else", false, 1), 1);
      stage.silence(Duration.ofMinutes(11));

      assertThat(stage.tuples()).hasSize(1);
      assertThat(stage.rejections())
          .extracting(RejectedStudy::getReason)
          .containsExactly(RejectionReason.INVALID_RECORD);
    }
  }

  private static List<String> ids(StudyTuple tuple) {
    return tuple.getViews().stream().map(View::getViewId).toList();
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
