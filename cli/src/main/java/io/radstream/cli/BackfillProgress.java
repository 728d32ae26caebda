package io.radstream.cli;

import io.radstream.schemas.StudyScore;
import io.radstream.serving.arrivals.Backfill;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;

/** A bar for records that are scored again, and what became of them. */
final class BackfillProgress implements Backfill.Listener, AutoCloseable {

  private ProgressBar bar;
  private boolean nothingLeft;
  private long scored;
  private long refused;

  @Override
  public void begins(long records) {
    nothingLeft = records == 0;
    bar = TerminalBar.of("Scoring", " records").setInitialMax(records).build();
  }

  @Override
  public void scored(long records, List<StudyScore> scores) {
    bar.stepBy(records);
    long good = scores.stream().filter(score -> score.getRefused() == null).count();
    scored += good;
    refused += scores.size() - good;
  }

  /** Whether all was done before it began. */
  boolean isNothingLeft() {
    return nothingLeft;
  }

  long scored() {
    return scored;
  }

  long refused() {
    return refused;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
