package io.radstream.cli;

import io.radstream.cli.reports.TupleReports;
import me.tongfei.progressbar.ProgressBar;

/** A bar for reports that are written. */
final class WritingProgress implements TupleReports.Listener, AutoCloseable {

  private ProgressBar bar;

  @Override
  public void begins(long reports) {
    bar = TerminalBar.of("Writing", " reports").setInitialMax(reports).build();
  }

  @Override
  public void done(long reports) {
    bar.stepBy(reports);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
