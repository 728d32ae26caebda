package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.trainer.lineage.StudyLineage;
import io.radstream.trainer.lineage.StudyLineage.ReadingRun;
import io.radstream.trainer.lineage.StudyLineage.TaughtCheckpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LineageReportTest {

  @Test
  void shouldShowTheFirstStepsAndThroughWhichRunACheckpointLearned() {
    List<Long> steps = LongStream.rangeClosed(1, 12).boxed().toList();

    String shown =
        shown(
            new StudyLineage(
                "study",
                2,
                true,
                List.of(new ReadingRun("first", "chest", "north", steps)),
                List.of(
                    new TaughtCheckpoint("chest-4", "chest", "first", 4, "file:a", "first"),
                    new TaughtCheckpoint("chest-9", "chest", "second", 9, "file:b", "first"))));

    assertThat(shown.lines())
        .containsExactly(
            "Study study: 2 training tuples, withdrawn",
            "run first, source north: steps 1, 2, 3, 4, 5, 6, 7, 8 and 4 more, the last 12",
            "checkpoint chest-4: file:a",
            "checkpoint chest-9: file:b, through run first");
  }

  @Test
  void shouldSayThatNothingLearnedFromIt() {
    assertThat(shown(new StudyLineage("study", 0, false, List.of(), List.of())).lines())
        .containsExactly("Study study: on no training topic", "No run has read it.");
  }

  private static String shown(StudyLineage lineage) {
    StringWriter text = new StringWriter();
    new LineageReport(lineage).print(new PrintWriter(text));
    return text.toString();
  }
}
