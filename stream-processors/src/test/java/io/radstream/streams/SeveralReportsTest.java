package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.report;
import static io.radstream.streams.Studies.reportOf;
import static io.radstream.streams.Studies.reportsRetracted;
import static io.radstream.streams.Studies.retraction;
import static io.radstream.streams.Studies.tokens;
import static io.radstream.streams.Studies.viewsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study with the reports of two orders. */
class SeveralReportsTest {

  private static final String LEFT = "FINDINGS: Small left effusion.";
  private static final String RIGHT = "FINDINGS: The right lung is clear.";
  private static final String BOTH = Studies.REPORT;

  @TempDir private Path stateDir;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLearnFromTheNewestReportWhicheverComesFirst(boolean newestFirst) {
    Study older = named("b", LEFT, 1);
    Study newest = named("a", RIGHT, 2);
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(newestFirst ? newest : older, 1);
      stage.publish(newestFirst ? older : newest, 2);

      assertThat(last(stage.tuples()).getTokens()).isEqualTo(tokens(RIGHT));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLearnFromTheSameOfTwoEquallyNewReportsWhicheverComesFirst(boolean greaterFirst) {
    Study lesser = named("a", LEFT, 1);
    Study greater = named("b", RIGHT, 1);
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(greaterFirst ? greater : lesser, 1);
      stage.publish(greaterFirst ? lesser : greater, 2);

      assertThat(last(stage.tuples()).getTokens()).isEqualTo(tokens(RIGHT));
    }
  }

  @Test
  void shouldLearnFromTheOtherReportOnceTheNewestIsTakenBack() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(named("a", LEFT, 1), 1);
      stage.publish(named("b", RIGHT, 2), 2);
      stage.publish(named("b", BOTH, 3), 3);
      stage.publish(reportsRetracted("s", "patient of s", "b"), 4);

      List<StudyTuple> tuples = stage.tuples();

      assertThat(tuples)
          .extracting(StudyTuple::getTokens)
          .containsExactly(tokens(LEFT), tokens(RIGHT), tokens(BOTH), tokens(LEFT));
      assertThat(last(tuples).getViews()).hasSize(1);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldSendNothingWhereTheReportThatIsTakenBackWasNotLearnedFrom() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(named("a", LEFT, 2), 1);
      stage.publish(named("b", RIGHT, 1), 2);
      stage.publish(reportsRetracted("s", "patient of s", "b"), 3);

      assertThat(stage.tuples()).hasSize(1);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  @Test
  void shouldTakeTheTupleBackOnceNoReportIsLeft() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(named("a", LEFT, 1), 1);
      stage.publish(named("b", RIGHT, 2), 2);
      stage.publish(reportsRetracted("s", "patient of s", "a", "b"), 3);

      assertThat(last(stage.tuples()).getViews()).isEmpty();
    }
  }

  /** Of a source of before there were ids. */
  @Test
  void shouldTakeAllReportsBackWhereTheRetractionNamesNone() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(named(null, LEFT, 1), 1);
      stage.publish(named("b", RIGHT, 2), 2);
      stage.publish(retraction("s", "patient of s", true), 3);

      assertThat(last(stage.tuples()).getViews()).isEmpty();
    }
  }

  @Test
  void shouldLeaveAReportWithoutAnIdWhereAnotherIsTakenBack() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(named(null, LEFT, 1), 1);
      stage.publish(named("b", RIGHT, 2), 2);
      stage.publish(reportsRetracted("s", "patient of s", "b"), 3);

      assertThat(last(stage.tuples()).getTokens()).isEqualTo(tokens(LEFT));
    }
  }

  @Test
  void shouldTakeAReportAgainThatWasTakenBack() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(named("a", LEFT, 1), 1);
      stage.publish(named("b", RIGHT, 2), 2);
      stage.publish(reportsRetracted("s", "patient of s", "b"), 3);
      stage.publish(named("b", RIGHT, 2), 4);

      assertThat(last(stage.tuples()).getTokens()).isEqualTo(tokens(RIGHT));
    }
  }

  private static Study named(String id, String text, int version) {
    return reportOf("s", report(text, id, version));
  }

  private static StudyTuple last(List<StudyTuple> tuples) {
    return tuples.get(tuples.size() - 1);
  }
}
