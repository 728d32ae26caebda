package io.radstream.cli;

import io.radstream.cli.demo.LiveTraining;
import io.radstream.trainer.MetricNames;
import io.radstream.trainer.RunStart;
import io.radstream.trainer.StepReport;
import io.radstream.trainer.tuples.LeftOut;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows a training run on the terminal: steps, losses, studies a second, time left. */
final class TrainingProgress implements LiveTraining {

  private final PrintWriter err;
  private Optional<ProgressBar> bar = Optional.empty();
  private int lastWaiting = -1;
  private String validation = "";

  TrainingProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void waiting(int studies, int needed) {
    if (studies != lastWaiting) {
      lastWaiting = studies;
      tell("Waiting for studies: %d of %d are there".formatted(studies, needed));
    }
  }

  @Override
  public void leftOut(LeftOut tuples) {
    tell("Left out of the tuples: " + tuples);
  }

  @Override
  public void started(RunStart start) {
    tell(
        "Training line %s, run %s: step %d to %s on %d studies, %d for validation"
            .formatted(
                start.line(),
                start.runId(),
                start.step(),
                isEndless(start) ? "the end of the stream" : start.steps(),
                start.studies(),
                start.validationStudies()));
    bar =
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName("Training")
                .setUnit(" steps", 1)
                .setInitialMax(isEndless(start) ? -1 : start.steps())
                .startsFrom(start.step(), Duration.ZERO)
                .showSpeed()
                .build());
  }

  private static boolean isEndless(RunStart start) {
    return start.steps() == Long.MAX_VALUE;
  }

  @Override
  public void stepped(StepReport report) {
    bar.ifPresent(
        shown -> {
          shown.setExtraMessage(
              " loss %.3f, %.1f studies/s%s"
                  .formatted(report.losses().total(), report.studiesPerSecond(), validation));
          shown.stepTo(report.step());
        });
  }

  @Override
  public void validated(long step, Map<String, Double> figures) {
    validation =
        shown(", validation %.3f", figures.get(MetricNames.VALIDATION_LOSS))
            + shown(", top-1 %.3f", figures.get(MetricNames.RETRIEVAL_TOP1));
  }

  /** Not every run has every figure. */
  private static String shown(String format, Double figure) {
    return figure == null ? "" : format.formatted(figure);
  }

  private void tell(String message) {
    err.println(message);
    err.flush();
  }

  /** Leaves the terminal to what comes after. */
  @Override
  public void end() {
    bar.ifPresent(ProgressBar::close);
  }
}
