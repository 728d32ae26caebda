package io.radstream.serving.write;

import io.radstream.model.generation.GeneratedReport;
import io.radstream.model.generation.ReportInHand;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.write.WrittenReport.End;
import java.time.Duration;
import java.util.Optional;

/** A report that is being written, and who waits for it. Of the writing thread. */
final class OpenReport implements AutoCloseable {

  private final AskedReport asked;
  private final Models.Cast cast;
  private final ScoringModel model;
  private final Optional<String> studyId;
  private final ReportInHand report;
  private final ReportMeters meters;
  private int settled = 1;
  private String given = "";

  /**
   * @param cast keeps the model open; closed with this
   */
  OpenReport(
      AskedReport asked,
      Models.Cast cast,
      ScoringModel model,
      Optional<String> studyId,
      ReportInHand report,
      ReportMeters meters) {
    this.asked = asked;
    this.cast = cast;
    this.model = model;
    this.studyId = studyId;
    this.report = report;
    this.meters = meters;
  }

  ReportInHand report() {
    return report;
  }

  /** Whether nothing is left to do: it is written, or nobody waits for it. */
  boolean isOver() {
    return asked.isOver() || report.isWritten();
  }

  /** Gives out what is settled now, and the whole once it is written. */
  void tell() {
    if (asked.isOver()) {
      return;
    }
    int[] tokens = report.settled();
    if (tokens.length > settled) {
      if (settled == 1) {
        meters.wroteFirst(asked);
      }
      settled = tokens.length;
      give(model.texts().text(tokens));
    }
    if (report.isWritten()) {
      asked.answer().complete(written(report.report()));
    }
  }

  /** What a tokenizer changes in hindsight waits until it is as it was, or for the whole. */
  private void give(String text) {
    if (text.length() > given.length() && text.startsWith(given)) {
      asked.pieces().accept(text.substring(given.length()));
      given = text;
    }
  }

  private WrittenReport written(GeneratedReport whole) {
    int[] tokens = whole.tokens();
    boolean ended = tokens[tokens.length - 1] == model.writing().endToken();
    return new WrittenReport(
        model.identity(),
        studyId,
        model.texts().text(tokens),
        tokens.length,
        whole.logProbability(),
        ended ? End.END : End.LENGTH,
        Duration.ofNanos(meters.now() - asked.since()));
  }

  void fail(Throwable why) {
    asked.answer().completeExceptionally(why);
  }

  @Override
  public void close() {
    cast.close();
  }
}
