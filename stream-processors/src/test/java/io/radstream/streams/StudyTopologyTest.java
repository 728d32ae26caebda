package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.StageDriver.ENCODER_TOKENIZER;
import static io.radstream.streams.StageDriver.TOKENIZER;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.report;
import static io.radstream.streams.Studies.reportOf;
import static io.radstream.streams.Studies.study;
import static io.radstream.streams.Studies.viewsOf;
import static io.radstream.streams.Studies.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RegistryUnavailableException;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.ReportSection;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTopologyTest {

  private static final String AMENDED = "FINDINGS: Small right effusion. The left lung is clear.";

  @TempDir private Path stateDir;

  @Test
  void shouldWriteTheReportInBothVocabularies() {
    StageConfig config = StageConfig.of(new ReportTokenizers(TOKENIZER, ENCODER_TOKENIZER));
    try (StageDriver stage = new StageDriver(config.withSettle(Duration.ZERO), stateDir)) {
      stage.publish(whole("s", 1), 0);

      StudyTuple tuple = only(stage.tuples());
      String report = "small left effusion. the right lung is clear.";
      assertThat(text(tuple)).isEqualTo(report);
      int[] encoderTokens = tuple.getEncoderTokens().stream().mapToInt(Integer::intValue).toArray();
      assertThat(encoderTokens).isEqualTo(ENCODER_TOKENIZER.encode(report, 128));
      assertThat(tuple.getEncoderTokens()).isNotEqualTo(tuple.getTokens());
      assertThat(tuple.getTokenizer())
          .isEqualTo(TOKENIZER.fingerprint() + "+" + ENCODER_TOKENIZER.fingerprint());
    }
  }

  @Test
  void shouldMakeATupleOfAStudyPublishedWhole() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1, 2, 3, 4), 0);

      StudyTuple tuple = only(stage.tuples());
      assertThat(tuple.getStudyId()).isEqualTo("s");
      assertThat(tuple.getPatientId()).isEqualTo("patient of s");
      assertThat(tuple.getRevision()).isEqualTo(1);
      assertThat(tuple.getViews()).isEqualTo(whole("s", 1, 2, 3, 4).getViews());
      assertThat(tuple.getSelection())
          .isEqualTo(Arrays.stream(ViewSelection.draw(0, "s", 1, 0, 4)).boxed().toList());
      assertThat(text(tuple)).isEqualTo("small left effusion. the right lung is clear.");
      assertThat(tuple.getEncoderTokens()).isNull();
      assertThat(tuple.getTokenizer()).isEqualTo(TOKENIZER.fingerprint());
      assertThat(tuple.getSections()).containsExactly(ReportSection.FINDINGS);
      assertThat(tuple.getOrigins()).containsExactly(new RecordRef("test.studies", 0, 0L));
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldWriteTheReportOfTheMirroredStudyInBothVocabularies() {
    StageConfig config = StageConfig.of(new ReportTokenizers(TOKENIZER, ENCODER_TOKENIZER));
    try (StageDriver stage = new StageDriver(config.withSettle(Duration.ZERO), stateDir)) {
      stage.publish(whole("s", 1), 0);

      StudyTuple tuple = only(stage.tuples());
      String mirrored = "Small right effusion. The left lung is clear.";
      assertThat(tuple.getMirroredTokens()).isEqualTo(encoded(TOKENIZER, mirrored));
      assertThat(tuple.getMirroredEncoderTokens()).isEqualTo(encoded(ENCODER_TOKENIZER, mirrored));
    }
  }

  @Test
  void shouldWriteTheSameReportWhereNoSideIsNamed() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", finalReport("The lung is clear."), 1), 0);

      StudyTuple tuple = only(stage.tuples());
      assertThat(tuple.getMirroredTokens()).isEqualTo(tuple.getTokens());
      assertThat(tuple.getMirroredEncoderTokens()).isNull();
    }
  }

  @Test
  void shouldWriteNoMirroredReportWhereOnlyOneSideHasWhatItNames() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", finalReport("Effusion in the left lingula."), 1), 0);

      assertThat(only(stage.tuples()).getMirroredTokens()).isNull();
    }
  }

  @Test
  void shouldWriteNoMirroredReportWhereTheTokenizerKnowsOneSideOnly() throws IOException {
    String json = new String(TOKENIZER.json(), StandardCharsets.UTF_8);
    byte[] oneSided = json.replace("\"right\"", "\"RIGHT\"").getBytes(StandardCharsets.UTF_8);
    String text = "Small left effusion in the lung.";
    try (ReportTokenizer tokenizer = ReportTokenizer.of(withoutPieces(oneSided));
        StageDriver stage =
            new StageDriver(StageConfig.of(tokenizer).withSettle(Duration.ZERO), stateDir)) {
      stage.publish(study("s", "p", finalReport(text), 1), 0);

      assertThat(tokenizer.unknown(tokenizer.words(text)))
          .isLessThan(tokenizer.unknown(tokenizer.words(text.replace("left", "right"))));
      assertThat(only(stage.tuples()).getMirroredTokens()).isNull();
    }
  }

  @Test
  void shouldTakeAReportWithoutHeadingsWhole() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", finalReport("Small left effusion."), 1), 0);

      assertThat(only(stage.tuples()).getSections()).containsExactly(ReportSection.WHOLE);
    }
  }

  @Test
  void shouldCutALongReportAtItsEnd() {
    try (StageDriver stage = new StageDriver(CONFIG.withMaxTokens(5), stateDir)) {
      stage.publish(whole("s", 1), 0);

      assertThat(text(only(stage.tuples()))).isEqualTo("small left effusion");
    }
  }

  @Test
  void shouldMergePartsThatArriveWithinTheSettleTime() {
    try (StageDriver stage = new StageDriver(CONFIG.withSettle(Duration.ofSeconds(1)), stateDir)) {
      stage.publish(reportOf("s", finalReport(Studies.REPORT)), 0);
      stage.publish(viewsOf("s", 1), 5);
      stage.publish(viewsOf("s", 2), 5.5);
      stage.publish(viewsOf("other", 3), 6.4);
      assertThat(stage.tuples()).isEmpty();

      stage.publish(viewsOf("other", 4), 6.5);

      StudyTuple tuple = only(stage.tuples());
      assertThat(ids(tuple)).containsExactly("view 1", "view 2");
      assertThat(tuple.getOrigins()).extracting(RecordRef::getOffset).containsExactly(0L, 1L, 2L);
    }
  }

  @Test
  void shouldWaitForAFinalReport() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", report(AMENDED, ReportStatus.PRELIMINARY, 9), 1), 0);
      assertThat(stage.tuples()).isEmpty();

      stage.publish(study("s", "p", finalReport(Studies.REPORT)), 1);

      assertThat(text(only(stage.tuples()))).startsWith("small left");
    }
  }

  @Test
  void shouldEmitAStudyPublishedTwiceOnce() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1, 2), 0);
      stage.publish(whole("s", 1, 2), 1);
      stage.publish(viewsOf("s", 2), 2);
      stage.publish(study("s", "patient of s", finalReport(Studies.REPORT), 2, 1), 3);

      assertThat(stage.tuples()).hasSize(1);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldEmitARevisionForALateView() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(viewsOf("s", 2), 60);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).extracting(StudyTuple::getRevision).containsExactly(1, 2);
      assertThat(ids(tuples.get(1))).containsExactly("view 1", "view 2");
    }
  }

  @Test
  void shouldEmitARevisionForAnAmendedReport() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(reportOf("s", report(AMENDED, ReportStatus.AMENDED, 1)), 60);
      stage.publish(reportOf("s", report("Back to the first.", ReportStatus.FINAL, 1)), 61);
      stage.publish(reportOf("s", report("Version two wins now.", ReportStatus.FINAL, 2)), 62);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).extracting(StudyTuple::getRevision).containsExactly(1, 2, 3);
      assertThat(text(tuples.get(1))).startsWith("small right");
    }
  }

  @Test
  void shouldHoldNoMoreOfAStudyThanItNeeds() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      for (int version = 1; version < ReceivedParts.MOST + 3; version++) {
        String text = "FINDINGS: Preliminary text number %d.".formatted(version);
        stage.publish(reportOf("s", report(text, ReportStatus.PRELIMINARY, version)), 0);
      }
      stage.publish(viewsOf("t", 1), 0);
      stage.publish(reportOf("t", finalReport(Studies.REPORT)), 0);
      stage.silence(Duration.ofSeconds(5));

      assertThat(stage.rejections())
          .hasSize(3)
          .allSatisfy(
              rejected -> assertThat(rejected.getReason()).isEqualTo(RejectionReason.OVERSIZED));
      assertThat(stage.tuples()).extracting(StudyTuple::getStudyId).containsExactly("t");
    }
  }

  @Test
  void shouldKeepDistinctViewsUpToTheCap() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 0);

      assertThat(ids(only(stage.tuples())))
          .containsExactly(
              "view 1", "view 2", "view 3", "view 4", "view 5", "view 6", "view 7", "view 8");
    }
  }

  @Test
  void shouldKeepEachPatientOnOneSide() {
    try (StageDriver stage = new StageDriver(CONFIG.withValidationShare(0.3), stateDir)) {
      for (int i = 0; i < 100; i++) {
        stage.publish(study("s" + i, "p" + i % 50, finalReport(Studies.REPORT), i), i);
      }

      Set<String> train = patients(stage.tuples());
      Set<String> validation = patients(stage.validationTuples());

      assertThat(train).hasSizeBetween(25, 45).doesNotContainAnyElementsOf(validation);
      assertThat(train.size() + validation.size()).isEqualTo(50);
    }
  }

  @Test
  void shouldEmitTheLastStudiesWhenTheTopicFallsSilent() {
    try (StageDriver stage = new StageDriver(CONFIG.withSettle(Duration.ofSeconds(5)), stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.silence(Duration.ofSeconds(5));
      assertThat(stage.tuples()).isEmpty();

      stage.silence(Duration.ofSeconds(2));

      assertThat(stage.tuples()).hasSize(1);
    }
  }

  @Test
  void shouldMakeATupleEvenAfterTheDeadline() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(whole("other", 2), 601);
      RejectedStudy rejected = only(stage.rejections());
      assertThat(rejected.getReason()).isEqualTo(RejectionReason.NO_REPORT);
      assertThat(rejected.getMessage()).contains("--reports optional");

      stage.publish(reportOf("s", finalReport(Studies.REPORT)), 602);

      assertThat(stage.tuples()).extracting(StudyTuple::getStudyId).containsExactly("other", "s");
    }
  }

  /** An addendum alone is no report, whenever it comes. */
  @Test
  void shouldNeitherCompleteNorReplaceAReportByAnAddendum() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", report(AMENDED, ReportStatus.ADDENDUM, 9), 1), 0);
      assertThat(stage.tuples()).isEmpty();
      stage.publish(study("s", "p", finalReport(Studies.REPORT)), 599);

      stage.publish(
          study("s", "p", report("Addendum number two.", ReportStatus.ADDENDUM, 12)), 640);

      assertThat(text(only(stage.tuples()))).startsWith("small left");
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldJoinAReportAndViewsThatComeHoursApartInAnyOrder() {
    StageConfig config = CONFIG.withDeadline(Duration.ofHours(12)).withKeep(Duration.ofDays(1));
    try (StageDriver stage = new StageDriver(config, stateDir)) {
      stage.publish(reportOf("report first", finalReport(Studies.REPORT)), 0);
      stage.publish(viewsOf("views first", 1), 1);
      stage.publish(viewsOf("report first", 2), 5 * 3600);
      stage.publish(reportOf("views first", finalReport(Studies.REPORT)), 9 * 3600);

      assertThat(stage.tuples())
          .extracting(StudyTuple::getStudyId)
          .containsExactly("report first", "views first");
      assertThat(stage.rejections()).isEmpty();
    }
  }

  /** One text for two accession numbers is the report of both, and a visit may have two studies. */
  @Test
  void shouldKeepTheStudiesOfAVisitApart() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("chest", "p", null, 1), 0);
      stage.publish(study("later chest", "p", null, 2), 1);
      stage.publish(study("chest", "p", finalReport(Studies.REPORT)), 2);
      stage.publish(study("later chest", "p", finalReport(Studies.REPORT)), 3);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples).extracting(StudyTuple::getStudyId).containsExactly("chest", "later chest");
      assertThat(ids(tuples.get(0))).containsExactly("view 1");
      assertThat(ids(tuples.get(1))).containsExactly("view 2");
    }
  }

  @Test
  void shouldRejectOnceWhatIsPublishedTwice() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", finalReport(" "), 1), 0);
      stage.publish(study("s", "p", finalReport(" "), 1), 1);
      stage.publish(study("s", "p", finalReport(" "), 1, 1), 2);

      assertThat(stage.rejections())
          .extracting(RejectedStudy::getReason)
          .containsExactly(RejectionReason.EMPTY_REPORT);
    }
  }

  @Test
  void shouldNotRejectForAnOutage() {
    KafkaConnection noRegistry =
        new KafkaConnection("unused:9092", "http://127.0.0.1:1", new TopicNames("test."));
    try (StageDriver stage = new StageDriver(noRegistry, CONFIG, stateDir)) {
      assertThatThrownBy(() -> stage.publish(whole("s", 1), 0))
          .hasStackTraceContaining(RegistryUnavailableException.class.getName());
    }
  }

  private static String text(StudyTuple tuple) {
    return TOKENIZER.decode(tuple.getTokens().stream().mapToInt(Integer::intValue).toArray());
  }

  private static List<String> ids(StudyTuple tuple) {
    return tuple.getViews().stream().map(View::getViewId).toList();
  }

  private static Set<String> patients(List<StudyTuple> tuples) {
    return new HashSet<>(tuples.stream().map(StudyTuple::getPatientId).toList());
  }

  private static List<Integer> encoded(ReportTokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text, 128)).boxed().toList();
  }

  /** A word that is no token cannot be spelled then. */
  private static byte[] withoutPieces(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    return text.replaceAll("\"##(\\w)", "\"~~$1").getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
