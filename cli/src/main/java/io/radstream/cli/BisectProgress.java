package io.radstream.cli;

import io.radstream.trainer.bisect.BisectListener;
import io.radstream.trainer.bisect.Turn;
import java.io.PrintWriter;

/** Shows on the terminal how a search goes: a line for each replay and each measurement. */
final class BisectProgress implements BisectListener {

  private static final int STEPS_BETWEEN = 100;

  private final PrintWriter err;

  BisectProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void replays(long from, long until, String why) {
    tell("Steps %d to %d again, %s".formatted(from, until, why));
  }

  @Override
  public void replayed(long step) {
    if (step % STEPS_BETWEEN == 0) {
      tell("  step %d".formatted(step));
    }
  }

  @Override
  public void measured(long step, double value) {
    tell("  step %d: %.6f".formatted(step, value));
  }

  @Override
  public void found(Turn turn) {
    tell("It turned between steps %d and %d".formatted(turn.good(), turn.bad()));
  }

  private void tell(String message) {
    err.println(message);
    err.flush();
  }
}
