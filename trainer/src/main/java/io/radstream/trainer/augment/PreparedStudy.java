package io.radstream.trainer.augment;

import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;

/**
 * A study in memory.
 *
 * @param views each, once decoded, resized to the square that crops are taken from
 * @param report its report; without a token where it has none
 * @param mirrored what the report is for the mirrored study; empty where it cannot be mirrored
 * @param arrivedAt time of its tuple's record, which is that of the last part that went into it, in
 *     milliseconds since the epoch; negative where it is not known
 * @param origin span that its tuple was made in; invalid where it tells of none
 */
public record PreparedStudy(
    String studyId,
    int revision,
    DecodedViews views,
    ReportTokens report,
    Optional<ReportTokens> mirrored,
    long arrivedAt,
    SpanContext origin) {

  private static final long UNKNOWN = -1;

  /** One of which it is not known when it arrived. */
  public PreparedStudy(
      String studyId,
      int revision,
      DecodedViews views,
      ReportTokens report,
      Optional<ReportTokens> mirrored) {
    this(studyId, revision, views, report, mirrored, UNKNOWN, SpanContext.getInvalid());
  }

  /** The same, of which it is known when it arrived and where from. */
  public PreparedStudy withArrival(long time, SpanContext from) {
    return new PreparedStudy(studyId, revision, views, report, mirrored, time, from);
  }

  /** Whether there is any view to show. */
  public boolean hasView() {
    return views.any();
  }

  /** Whether there is a report to learn from. */
  public boolean hasReport() {
    return report.decoder().length > 0;
  }
}
