package io.radstream.cli;

import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplaySummary;
import io.radstream.trainer.replay.ReplayedNetwork;
import io.radstream.trainer.replay.ReplayedStep;
import java.io.PrintWriter;
import java.util.Map;

/** Shows a replay on the terminal: a line for each digest of the weights. */
final class ReplayProgress implements ReplayListener {

  private static final int SHORT_DIGEST = 12;

  private final PrintWriter err;
  private final ReplayedFigures figures;
  private long agreeing;

  ReplayProgress(PrintWriter err, ReplayedFigures figures) {
    this.err = err;
    this.figures = figures;
  }

  @Override
  public void started(String runId, long step, Map<String, String> environment) {
    tell("Replaying run %s from step %d".formatted(runId, step));
    environment.forEach((name, both) -> tell("  other than then: %s: %s".formatted(name, both)));
  }

  @Override
  public void replayed(ReplayedStep step) {
    if (step.difference().isPresent()) {
      return;
    }
    agreeing += step.before().equals(step.again()) ? 1 : 0;
    step.weightsDigest()
        .ifPresent(
            digest ->
                tell(
                    "  step %d: %d steps with the same losses; loss %.6f, was %.6f; weights %s"
                        .formatted(
                            step.step(),
                            agreeing,
                            step.again().get("loss"),
                            step.before().get("loss"),
                            digest.substring(0, SHORT_DIGEST))));
  }

  @Override
  public boolean examines(long step) {
    return figures.examines(step);
  }

  @Override
  public void examine(long step, ReplayedNetwork network) {
    figures.examine(step, network);
  }

  void end(ReplaySummary summary) {
    summary.difference().ifPresent(what -> tell("Not the same: " + what));
    if (summary.identical()) {
      tell("%d steps, every digest the same".formatted(summary.steps()));
    }
    if (summary.counterfactual()) {
      tell(
          "%d steps in the same order, with other settings or without some studies: %d times one was left out; %d steps passed over"
              .formatted(summary.steps(), summary.leftOut(), summary.passedOver()));
    }
    tell("Weights after step %d: %s".formatted(summary.step(), summary.weightsDigest()));
  }

  private void tell(String message) {
    err.println(message);
    err.flush();
  }
}
