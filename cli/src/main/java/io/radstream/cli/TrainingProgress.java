package io.radstream.cli;

import io.radstream.cli.demo.LiveTraining;
import io.radstream.model.objective.RetrievalFigures;
import io.radstream.schemas.log.Patience;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.run.RunStart;
import io.radstream.trainer.run.StepReport;
import io.radstream.trainer.tuples.LeftOut;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** Shows a training run on the terminal: steps, losses, studies a second, time left. */
final class TrainingProgress implements LiveTraining {

  /** About so often a run says that it waits. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Patience QUIET = Patience.endless(time -> {});

  private final PrintWriter err;
  private Optional<ProgressBar> bar = Optional.empty();
  private int lastWaiting = -1;
  private Patience.Wait wait = QUIET.begin();
  private String validation = "";

  TrainingProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void waiting(int studies, int needed, String topic) {
    if (studies != lastWaiting) {
      lastWaiting = studies;
      wait = QUIET.begin();
      tell("Waiting for studies: %d of %d are on topic %s".formatted(studies, needed, topic));
    } else if (wait.spent(LOOK)) {
      tell(
          "Waiting for studies: still %d of %d on topic %s after %d s; does the stage run (radstream streams), and are there enough? data.minStudies says how many a run begins with, batch how many a step takes"
              .formatted(studies, needed, topic, wait.seconds()));
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
            TerminalBar.of("Training", " steps")
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
            + shown(", top-1 %.3f", figures.get(RetrievalFigures.TOP1));
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
