package io.radstream.cli;

import io.radstream.serving.calibration.Effort;
import java.util.concurrent.CancellationException;
import me.tongfei.progressbar.ProgressBar;

/** A bar for each calibration, and its early end. */
final class CalibrationProgress implements Effort, AutoCloseable {

  private ProgressBar bar;
  private volatile boolean stopped;

  /** Ends what is under way, without anything written; from any thread. */
  void stop() {
    stopped = true;
  }

  @Override
  public void begins(int studies) {
    requireWanted();
    close();
    bar = TerminalBar.of("Calibrating", " studies").setInitialMax(studies).build();
  }

  @Override
  public void scored(int studies) {
    bar.stepBy(studies);
    requireWanted();
  }

  private void requireWanted() {
    if (stopped) {
      throw new CancellationException();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
