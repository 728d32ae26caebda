package io.radstream.cli;

import io.radstream.serving.arrivals.ScoreReplay;
import me.tongfei.progressbar.ProgressBar;

/** A bar for offsets of a topic that are gone through. */
final class OffsetProgress implements ScoreReplay.Listener, AutoCloseable {

  private final String task;
  private ProgressBar bar;

  OffsetProgress(String task) {
    this.task = task;
  }

  @Override
  public void begins(long offsets) {
    bar = TerminalBar.of(task, " offsets").setInitialMax(offsets).build();
  }

  @Override
  public void replayed(long offsets) {
    bar.stepTo(offsets);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
