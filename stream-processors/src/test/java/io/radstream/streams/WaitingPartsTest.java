package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.merge;
import static io.radstream.streams.Studies.report;
import static io.radstream.streams.Studies.reportsRetracted;
import static io.radstream.streams.Studies.retraction;
import static io.radstream.streams.Studies.study;
import static io.radstream.streams.Studies.tokens;
import static io.radstream.streams.Studies.whole;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parts that name another patient than their study and come before what explains them; the deadline
 * is 600 s, studies are kept 3600 s.
 */
class WaitingPartsTest {

  private static final String A_TEXT = "FINDINGS: Small left effusion.";
  private static final String B_TEXT = "FINDINGS: The right lung is clear.";

  @TempDir private Path stateDir;
  @TempDir private Path otherDir;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTakeAPartThatComesBeforeTheMergeOfPatients(boolean survives) {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "A", null, 1), 0);
      stage.publish(study("s", "B", finalReport(A_TEXT)), 1);
      assertThat(stage.tuples()).isEmpty();

      stage.publish(survives ? merge("A", "B") : merge("B", "A"), 2);

      StudyTuple tuple = only(stage.tuples());
      assertThat(tuple.getPatientId()).isEqualTo(survives ? "A" : "B");
      assertThat(tuple.getTokens()).isEqualTo(tokens(A_TEXT));
      stage.publish(whole("other", 9), 5000);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldWaitForTheWholeChainOfMerges() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "A", null, 1), 0);
      stage.publish(study("s", "C", finalReport(A_TEXT)), 1);
      stage.publish(merge("B", "C"), 2);
      assertThat(stage.tuples()).isEmpty();

      stage.publish(merge("B", "A"), 3);

      assertThat(only(stage.tuples()).getPatientId()).isEqualTo("B");
    }
  }

  /** As though it had come after: the very same tuples, but for the order of their origins. */
  @Test
  void shouldMakeOfItWhatIsMadeWhereTheMergeComesFirst() {
    Study views = study("s", "A", finalReport(A_TEXT), 1);
    Study early = study("s", "B", report(B_TEXT, ReportStatus.AMENDED, 2), 2);

    List<StudyTuple> before =
        published(stateDir, List.of(views, early, merge("C", "A"), merge("C", "B")));
    List<StudyTuple> after =
        published(otherDir, List.of(views, merge("C", "A"), merge("C", "B"), early));

    assertThat(before).hasSize(3).isEqualTo(after);
    assertThat(last(before).getViews()).hasSize(2);
  }

  private static List<StudyTuple> published(Path stateDir, List<Study> records) {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      records.forEach(record -> stage.publish(record, 1));
      return stage.tuples().stream()
          .map(tuple -> StudyTuple.newBuilder(tuple).setOrigins(List.of()).build())
          .toList();
    }
  }

  /** The wrong patient's views had come first. */
  @Test
  void shouldTakeAPartThatComesBeforeTheCorrectionOfTheStudy() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "wrong", null, 1), 0);
      stage.publish(study("s", "right", finalReport(A_TEXT)), 1);
      stage.publish(study("s", "right", null, 2), 2);
      stage.publish(retraction("s", "wrong", false, 1), 3);

      StudyTuple tuple = only(stage.tuples());

      assertThat(tuple.getPatientId()).isEqualTo("right");
      assertThat(tuple.getTokens()).isEqualTo(tokens(A_TEXT));
      assertThat(tuple.getViews()).extracting(View::getViewId).containsExactly("view 2");
      stage.publish(whole("other", 9), 5000);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  /** What takes everything back is of what came before; what waited counts as coming after. */
  @Test
  void shouldNotTakeBackWhatWaited() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "wrong", finalReport(B_TEXT), 1), 0);
      stage.publish(study("s", "right", finalReport(A_TEXT), 1), 1);
      stage.publish(retraction("s", "wrong", true, 1), 2);

      StudyTuple tuple = last(stage.tuples());

      assertThat(tuple.getPatientId()).isEqualTo("right");
      assertThat(tuple.getTokens()).isEqualTo(tokens(A_TEXT));
      assertThat(tuple.getViews()).hasSize(1);
    }
  }

  /** A report that moved away and came back. */
  @Test
  void shouldTakeTheVeryPartThatWaitsBehindItsRetraction() {
    Study part = study("s", "B", report(B_TEXT, "b", 1));
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "A", null, 1), 0);
      stage.publish(part, 1);
      stage.publish(reportsRetracted("s", "B", "b"), 2);
      stage.publish(part, 3);
      stage.publish(merge("A", "B"), 4);

      assertThat(last(stage.tuples()).getTokens()).isEqualTo(tokens(B_TEXT));
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldRejectAtTheDeadlineWhatNothingExplains() {
    Study part = study("s", "B", null, 2);
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "A", finalReport(A_TEXT), 1), 0);
      stage.publish(part, 1);
      stage.publish(part, 2);
      stage.publish(whole("other", 3), 600);
      assertThat(stage.rejections()).isEmpty();

      stage.publish(whole("another", 4), 602);
      stage.publish(part, 603);
      stage.publish(whole("a third", 5), 3000);

      RejectedStudy rejected = only(stage.rejections());
      assertThat(rejected.getReason()).isEqualTo(RejectionReason.INVALID_RECORD);
      assertThat(rejected.getMessage()).contains("names another patient");
      assertThat(rejected.getStudyId()).isEqualTo("s");
      assertThat(rejected.getOffset()).isEqualTo(1);
      assertThat(rejected.getOriginal()).isEqualTo(ByteBuffer.wrap(Studies.bytes(part)));
    }
  }

  @Test
  void shouldGiveUpInSilenceToo() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "A", finalReport(A_TEXT), 1), 0);
      stage.publish(study("s", "B", null, 2), 1);

      stage.silence(Duration.ofSeconds(700));

      assertThat(only(stage.rejections()).getOffset()).isEqualTo(1);
    }
  }

  @Test
  void shouldGiveUpWhatWaitsBeforeTheStudyIsForgotten() {
    StageConfig config = CONFIG.withKeep(Duration.ofSeconds(60));
    try (StageDriver stage = new StageDriver(config, stateDir)) {
      stage.publish(study("s", "A", finalReport(A_TEXT), 1), 0);
      stage.publish(study("s", "B", null, 2), 10);
      stage.publish(study("s", "C", null, 3), 20);
      stage.publish(whole("other", 3), 61);

      assertThat(stage.rejections()).extracting(RejectedStudy::getOffset).containsExactly(1L, 2L);
    }
  }

  @Test
  void shouldCountWhatWaitsAndWhatHasWaitedInVain() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "A", finalReport(A_TEXT), 1), 0);
      stage.publish(study("s", "B", null, 2), 1);
      stage.publish(study("s", "C", null, 3), 2);
      StageStatus early = stage.status();

      stage.publish(merge("A", "B"), 3);

      StageStatus explained = stage.status();
      stage.publish(whole("other", 9), 700);
      StageStatus late = stage.status();
      assertThat(List.of(early.waitingParts(), early.givenUpParts())).containsExactly(2L, 0L);
      assertThat(List.of(explained.waitingParts(), explained.givenUpParts()))
          .containsExactly(1L, 0L);
      assertThat(List.of(late.waitingParts(), late.givenUpParts())).containsExactly(0L, 1L);
      assertThat(late.rejections()).isEqualTo(1);
    }
  }

  @Test
  void shouldRejectAtOnceWhatIsBrokenBesides() {
    View broken = View.newBuilder(Studies.view(1)).setSha256("another").build();
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "A", null, 1), 0);
      stage.publish(study("s", "B", null, List.of(broken)), 1);

      assertThat(only(stage.rejections()).getMessage()).contains("sha256");
    }
  }

  @Test
  void shouldRejectWhatIsGoneFromTheTopicWhenItIsExplained() {
    try (StageDriver stage = new StageDriver(Studies.CONNECTION, CONFIG, stateDir, 0)) {
      stage.publish(study("s", "A", finalReport(A_TEXT), 1), 0);
      stage.publish(study("s", "B", null, 2), 1);
      stage.cutTopic();
      stage.publish(merge("B", "A"), 2);

      assertThat(stage.rejections())
          .extracting(RejectedStudy::getOffset)
          .containsExactlyInAnyOrder(0L, 1L);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldCountWhatWaitsAmongTheMostPartsOfAStudy() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "A", null, 1), 0);
      IntStream.range(1, ReceivedParts.MOST)
          .forEach(i -> stage.publish(study("s", "B", finalReport("Report " + i)), 1));
      assertThat(stage.rejections()).isEmpty();

      stage.publish(study("s", "B", finalReport("One more")), 1);

      assertThat(only(stage.rejections()).getReason()).isEqualTo(RejectionReason.OVERSIZED);
    }
  }

  /**
   * A study of patient A with a report under patient B, who is A, and which is withdrawn: whatever
   * the order, the study ends with the report that stands. Only what comes after its own withdrawal
   * stands again.
   */
  @ParameterizedTest
  @CsvSource({"0, true", "1000, false"})
  void shouldEndAlikeInWhateverOrderPartsAndCorrectionsCome(int settleMillis, boolean aSurvives) {
    StageConfig config = CONFIG.withSettle(Duration.ofMillis(settleMillis));
    List<List<Integer>> orders = permutations(List.of(0, 1, 2, 3, 4));
    assertThat(orders).hasSize(120);
    try (StageDriver stage = new StageDriver(config, stateDir)) {
      for (int i = 0; i < orders.size(); i++) {
        publish(stage, "s" + i, orders.get(i), aSurvives, 100.0 * i);
      }
      stage.publish(whole("last", 9), 100_000);

      Map<String, StudyTuple> ends =
          stage.tuples().stream()
              .collect(toMap(StudyTuple::getStudyId, it -> it, (one, next) -> next));

      for (int i = 0; i < orders.size(); i++) {
        List<Integer> order = orders.get(i);
        StudyTuple end = ends.get("s" + i);
        String text = order.indexOf(4) < order.indexOf(2) ? B_TEXT : A_TEXT;
        assertThat(end.getTokens()).as("%s", order).isEqualTo(tokens(text));
        assertThat(end.getViews()).as("%s", order).hasSize(1);
        assertThat(end.getPatientId()).as("%s", order).isEqualTo((aSurvives ? "A" : "B") + i);
      }
      assertThat(stage.rejections()).isEmpty();
    }
  }

  private static void publish(
      StageDriver stage, String id, List<Integer> order, boolean aSurvives, double begin) {
    String number = id.substring(1);
    String a = "A" + number;
    String b = "B" + number;
    List<Study> records =
        List.of(
            study(id, a, null, 1),
            study(id, a, report(A_TEXT, "a", 1)),
            study(id, b, report(B_TEXT, "b", 2)),
            aSurvives ? merge(a, b) : merge(b, a),
            reportsRetracted(id, b, "b"));
    for (int i = 0; i < order.size(); i++) {
      stage.publish(records.get(order.get(i)), begin + 5 * i);
    }
  }

  private static List<List<Integer>> permutations(List<Integer> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : items) {
      List<Integer> rest = items.stream().filter(it -> !it.equals(first)).toList();
      for (List<Integer> tail : permutations(rest)) {
        all.add(Stream.concat(Stream.of(first), tail.stream()).toList());
      }
    }
    return all;
  }

  private static <T> T last(List<T> list) {
    assertThat(list).isNotEmpty();
    return list.get(list.size() - 1);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
