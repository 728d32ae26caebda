package io.radstream.trainer.augment;

import java.util.Optional;

/**
 * A study in memory.
 *
 * @param views each, once decoded, resized to the square that crops are taken from
 * @param report its report; without a token where it has none
 * @param mirrored what the report is for the mirrored study; empty where it cannot be mirrored
 */
public record PreparedStudy(
    String studyId,
    int revision,
    DecodedViews views,
    ReportTokens report,
    Optional<ReportTokens> mirrored) {

  /** Whether there is any view to show. */
  public boolean hasView() {
    return views.any();
  }

  /** Whether there is a report to learn from. */
  public boolean hasReport() {
    return report.decoder().length > 0;
  }
}
