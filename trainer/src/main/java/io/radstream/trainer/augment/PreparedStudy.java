package io.radstream.trainer.augment;

/**
 * A study in memory.
 *
 * @param views each, once decoded, resized to the square that crops are taken from
 * @param report its report
 */
public record PreparedStudy(String studyId, int revision, StudyViews views, ReportTokens report) {

  /** Whether there is any view to show. */
  public boolean hasView() {
    return views.any();
  }
}
