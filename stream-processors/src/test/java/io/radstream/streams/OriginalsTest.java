package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.study;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.OriginalView;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import io.radstream.schemas.ViewedStudy;
import io.radstream.streams.StageConfig.Views;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalsTest {

  @TempDir private Path stateDir;

  @Test
  void shouldSayOnWhereTheOriginalIs() {
    View view = Studies.claimed("s", 1);
    try (StageDriver stage = new StageDriver(CONFIG.withViews(Views.SEND_AT_ONCE), stateDir)) {
      stage.publish(study("s", "p", finalReport(Studies.REPORT), List.of(view)), 0);
      stage.publish(Studies.whole("later", 2), 60);

      List<StudyTuple> tuples = stage.tuples();
      List<ViewedStudy> views = stage.views();

      assertThat(tuples.get(0).getViews()).containsExactly(view);
      assertThat(views.get(0).getViews()).containsExactly(view);
    }
  }

  /** A site that publishes its archive again, now with a store. */
  @Test
  void shouldTakeTheOriginalOfAViewThatCameWithoutIt() {
    View view = Studies.claimed("s", 1);
    View before = View.newBuilder(view).setOriginal(null).build();
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", finalReport(Studies.REPORT), List.of(before)), 0);
      stage.publish(Studies.whole("later", 2), 60);
      stage.publish(study("s", "p", finalReport(Studies.REPORT), List.of(view)), 61);
      stage.publish(study("s", "p", finalReport(Studies.REPORT), List.of(before)), 62);
      stage.publish(Studies.whole("much later", 3), 120);

      List<StudyTuple> tuples =
          stage.tuples().stream().filter(tuple -> tuple.getStudyId().equals("s")).toList();

      assertThat(tuples).extracting(StudyTuple::getRevision).doesNotHaveDuplicates().hasSize(2);
      assertThat(tuples.get(1).getViews()).containsExactly(view);
    }
  }

  /** A bucket that was lost; and text that only the closer look at whole pictures finds. */
  @Test
  void shouldTakeTheLaterPlaceOfAnOriginalAndThePictureThatWasMadeWithIt() {
    View view = Studies.claimed("s", 1);
    OriginalView original = view.getOriginal();
    View elsewhere =
        View.newBuilder(view)
            .setOriginal(
                OriginalView.newBuilder(original)
                    .setUri(original.getUri().replaceFirst("s3://[^/]+/", "s3://moved/"))
                    .build())
            .build();
    View before = View.newBuilder(Studies.view(2)).setViewId(view.getViewId()).build();
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", finalReport(Studies.REPORT), List.of(before)), 0);
      stage.publish(study("s", "p", finalReport(Studies.REPORT), List.of(view)), 1);
      stage.publish(Studies.whole("later", 3), 60);
      stage.publish(study("s", "p", finalReport(Studies.REPORT), List.of(elsewhere)), 61);
      stage.publish(Studies.whole("much later", 4), 120);

      List<StudyTuple> tuples =
          stage.tuples().stream().filter(tuple -> tuple.getStudyId().equals("s")).toList();

      assertThat(tuples)
          .map(tuple -> List.copyOf(tuple.getViews()))
          .containsExactly(List.of(before), List.of(view), List.of(elsewhere));
    }
  }
}
