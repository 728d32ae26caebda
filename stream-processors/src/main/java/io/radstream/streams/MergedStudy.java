package io.radstream.streams;

import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.View;
import java.util.List;
import java.util.Optional;

/**
 * All parts of a study put together.
 *
 * @param views distinct by pixels, in order of arrival, the first of a kind kept
 * @param report the final report that counts
 */
record MergedStudy(String studyId, String patientId, List<View> views, Optional<Report> report) {

  /** Whether nothing is there. */
  boolean isEmpty() {
    return views.isEmpty() && report.isEmpty();
  }

  /**
   * Whether a report can be trained on: a preliminary one may still change, and an addendum alone
   * is none.
   */
  static boolean isFinal(Report report) {
    return report.getStatus() == ReportStatus.FINAL || report.getStatus() == ReportStatus.AMENDED;
  }
}
