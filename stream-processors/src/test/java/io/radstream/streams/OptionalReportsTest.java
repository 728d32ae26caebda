package io.radstream.streams;

import static io.radstream.streams.StageDriver.ENCODER_TOKENIZER;
import static io.radstream.streams.StageDriver.TOKENIZER;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.report;
import static io.radstream.streams.Studies.reportOf;
import static io.radstream.streams.Studies.study;
import static io.radstream.streams.Studies.viewsOf;
import static io.radstream.streams.Studies.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import io.radstream.streams.StageConfig.Reports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stage that does not ask for reports; the deadline is 600 s, parts are kept for 3600 s. */
class OptionalReportsTest {

  private static final StageConfig CONFIG = StageDriver.CONFIG.withReports(Reports.OPTIONAL);

  @TempDir private Path stateDir;

  @Test
  void shouldMakeATupleWithoutTokensAtTheDeadline() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(viewsOf("s", 2), 100);
      stage.publish(viewsOf("other", 3), 599);
      assertThat(stage.tuples()).isEmpty();

      stage.publish(viewsOf("other", 4), 600);

      StudyTuple tuple = only(stage.tuples());
      assertThat(tuple.getStudyId()).isEqualTo("s");
      assertThat(ids(tuple)).containsExactly("view 1", "view 2");
      assertThat(tuple.getTokens()).isEmpty();
      assertThat(tuple.getEncoderTokens()).isNull();
      assertThat(tuple.getMirroredTokens()).isEmpty();
      assertThat(tuple.getMirroredEncoderTokens()).isNull();
      assertThat(tuple.getSections()).isEmpty();
      assertThat(tuple.getRevision()).isEqualTo(1);
      assertThat(tuple.getSelection()).hasSize(3);
      assertThat(tuple.getTokenizer()).isEqualTo(TOKENIZER.fingerprint());
      assertThat(tuple.getOrigins()).extracting(RecordRef::getOffset).containsExactly(0L, 1L);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldHaveNoTokensInEitherVocabulary() {
    StageConfig two =
        StageConfig.of(new ReportTokenizers(TOKENIZER, ENCODER_TOKENIZER))
            .withSettle(Duration.ZERO)
            .withDeadline(Duration.ofMinutes(10))
            .withReports(Reports.OPTIONAL);
    try (StageDriver stage = new StageDriver(two, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(viewsOf("other", 2), 600);

      StudyTuple tuple = only(stage.tuples());
      assertThat(tuple.getTokens()).isEmpty();
      assertThat(tuple.getEncoderTokens()).isEmpty();
      assertThat(tuple.getMirroredTokens()).isEmpty();
      assertThat(tuple.getMirroredEncoderTokens()).isEmpty();
    }
  }

  @Test
  void shouldMakeATupleOfALateReport() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(viewsOf("other", 3), 601);
      stage.publish(reportOf("s", finalReport(Studies.REPORT)), 602);
      stage.publish(viewsOf("s", 2), 603);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).extracting(StudyTuple::getRevision).containsExactly(1, 2, 3);
      assertThat(tuples)
          .extracting(OptionalReportsTest::hasReport)
          .containsExactly(false, true, true);
      assertThat(ids(tuples.get(1))).containsExactly("view 1");
      assertThat(ids(tuples.get(2))).containsExactly("view 1", "view 2");
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldNotWaitAgainForAReportThatItHasGivenUpWaitingFor() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(viewsOf("other", 3), 601);
      stage.publish(viewsOf("s", 2), 602);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).extracting(StudyTuple::getRevision).containsExactly(1, 2);
      assertThat(ids(tuples.get(1))).containsExactly("view 1", "view 2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "HISTORY: cough.", "FINDINGS: All clear."})
  void shouldTakeAReportWithoutUsableTextForNone(String text) {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "patient of s", finalReport(text), 1), 0);
      stage.publish(reportOf("s", report(Studies.REPORT, ReportStatus.AMENDED, 2)), 1);

      assertThat(stage.tuples())
          .extracting(OptionalReportsTest::hasReport)
          .containsExactly(false, true);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldNeverTakeAReportAway() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(reportOf("s", report("Void.", ReportStatus.AMENDED, 2)), 1);
      stage.publish(viewsOf("s", 3), 3500);
      stage.publish(whole("other", 4), 4400);

      assertThat(stage.tuples())
          .filteredOn(tuple -> tuple.getStudyId().equals("s"))
          .extracting(OptionalReportsTest::hasReport)
          .containsExactly(true);
      assertThat(stage.rejections())
          .extracting(RejectedStudy::getReason)
          .containsExactly(RejectionReason.REPORT_TOO_SHORT);
    }
  }

  @Test
  void shouldStillNeedAView() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(reportOf("s", finalReport(Studies.REPORT)), 0);
      stage.publish(whole("other", 2), 601);

      assertThat(stage.tuples()).extracting(StudyTuple::getStudyId).containsExactly("other");
      assertThat(only(stage.rejections()).getReason()).isEqualTo(RejectionReason.NO_VIEW);
    }
  }

  private static boolean hasReport(StudyTuple tuple) {
    return !tuple.getTokens().isEmpty();
  }

  private static List<String> ids(StudyTuple tuple) {
    return tuple.getViews().stream().map(View::getViewId).toList();
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
