package io.radstream.cli;

import io.radstream.trainer.testing.ScoringListener;
import me.tongfei.progressbar.ProgressBar;

/** A bar for studies that are scored, one for each time that they are. */
final class ScoringProgress implements ScoringListener, AutoCloseable {

  private ProgressBar bar;
  private volatile boolean stopped;

  @Override
  public void begins(long studies) {
    close();
    bar = TerminalBar.of("Scoring", " studies").setInitialMax(studies).build();
  }

  @Override
  public void done(long studies) {
    bar.stepBy(studies);
  }

  @Override
  public boolean stopRequested() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
