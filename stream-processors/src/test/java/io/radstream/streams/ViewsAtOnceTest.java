package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.reportOf;
import static io.radstream.streams.Studies.retraction;
import static io.radstream.streams.Studies.viewsOf;
import static io.radstream.streams.Studies.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.Topic;
import io.radstream.schemas.View;
import io.radstream.schemas.ViewedStudy;
import io.radstream.streams.StageConfig.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewsAtOnceTest {

  /** A study is not decided before a minute has passed. */
  private static final StageConfig AT_ONCE =
      CONFIG.withSettle(Duration.ofMinutes(1)).withViews(Views.SEND_AT_ONCE);

  @TempDir private Path stateDir;

  @Test
  void shouldSendViewsThatHaveNoReportYet() {
    try (StageDriver stage = new StageDriver(AT_ONCE, stateDir)) {
      stage.publish(viewsOf("s", 1, 2), 3);

      List<ViewedStudy> sent = stage.views();

      assertThat(sent).hasSize(1);
      assertThat(sent.get(0).getStudyId()).isEqualTo("s");
      assertThat(sent.get(0).getRevision()).isZero();
      assertThat(sent.get(0).getArrivedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:03Z"));
      assertThat(ids(sent.get(0))).containsExactly("view 1", "view 2");
      assertThat(stage.tuples()).isEmpty();
    }
  }

  @Test
  void shouldSendAllViewsAgainWithEachThatComesLater() {
    try (StageDriver stage = new StageDriver(AT_ONCE, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(reportOf("s", finalReport(Studies.REPORT)), 1);
      stage.publish(viewsOf("s", 2), 2);

      List<ViewedStudy> sent = stage.views();

      assertThat(sent).extracting(ViewedStudy::getRevision).containsExactly(0L, 2L);
      assertThat(ids(sent.get(1))).containsExactly("view 1", "view 2");
    }
  }

  @Test
  void shouldCountWhatIsPublishedTwiceOnce() {
    try (StageDriver stage = new StageDriver(AT_ONCE, stateDir)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(viewsOf("s", 1), 1);

      assertThat(stage.views()).hasSize(1);
    }
  }

  @Test
  void shouldSendWhatIsLeftWhereAViewIsTakenBack() {
    try (StageDriver stage = new StageDriver(AT_ONCE, stateDir)) {
      stage.publish(viewsOf("s", 1, 2), 0);
      stage.publish(retraction("s", "patient of s", false, 1), 1);
      stage.publish(retraction("s", "patient of s", false, 2), 2);

      assertThat(stage.views())
          .extracting(ViewsAtOnceTest::ids)
          .containsExactly(List.of("view 1", "view 2"), List.of("view 2"), List.of());
    }
  }

  @Test
  void shouldSendNothingUnlessAsked() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);

      assertThat(stage.tuples()).hasSize(1);
      assertThat(CONFIG.outputs()).doesNotContain(Topic.STUDIES_VIEWS);
    }
  }

  private static List<String> ids(ViewedStudy study) {
    return study.getViews().stream().map(View::getViewId).toList();
  }
}
