package io.radstream.cli;

import io.radstream.trainer.lineage.StudyLineage;
import io.radstream.trainer.lineage.StudyLineage.ReadingRun;
import io.radstream.trainer.lineage.StudyLineage.TaughtCheckpoint;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** The lineage of a study as people read it. */
record LineageReport(StudyLineage lineage) {

  private static final int STEPS_SHOWN = 8;

  void print(PrintWriter out) {
    out.printf("Study %s: %s%n", lineage.studyId(), state());
    lineage.runs().forEach(run -> print(run, out));
    lineage.checkpoints().forEach(checkpoint -> print(checkpoint, out));
    if (lineage.runs().isEmpty()) {
      out.println("No run has read it.");
    } else if (lineage.checkpoints().isEmpty()) {
      out.println("No checkpoint has been written since.");
    }
    out.flush();
  }

  private String state() {
    String tuples =
        lineage.tuples() == 0
            ? "on no training topic"
            : lineage.tuples() + (lineage.tuples() == 1 ? " training tuple" : " training tuples");
    return tuples + (lineage.withdrawn() ? ", withdrawn" : "");
  }

  private static void print(ReadingRun run, PrintWriter out) {
    List<Long> steps = run.steps();
    String shown =
        steps.stream().limit(STEPS_SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    out.printf(
        "run %s, source %s: %s %s%s%n",
        run.runId(),
        run.source(),
        steps.size() == 1 ? "step" : "steps",
        shown,
        steps.size() > STEPS_SHOWN
            ? " and %d more, the last %d"
                .formatted(steps.size() - STEPS_SHOWN, steps.get(steps.size() - 1))
            : "");
  }

  private static void print(TaughtCheckpoint checkpoint, PrintWriter out) {
    out.printf(
        "checkpoint %s: %s%s%n",
        checkpoint.checkpointId(),
        checkpoint.uri(),
        checkpoint.through().equals(checkpoint.runId())
            ? ""
            : ", through run " + checkpoint.through());
  }
}
