package io.radstream.streams;

import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All parts of a study put together.
 *
 * @param views distinct by pixels, in order of arrival, the first of a kind kept
 * @param report the final report that counts
 */
record MergedStudy(String studyId, String patientId, List<View> views, Optional<Report> report) {

  /** A higher version wins, then an amendment; of two equals, the one that arrived later. */
  private static final Comparator<Report> RANK =
      Comparator.comparingInt(Report::getVersion)
          .thenComparing(report -> report.getStatus() == ReportStatus.AMENDED);

  /**
   * @param parts in order of arrival, at least one, all of one study and patient
   * @param viewCap most views to keep
   */
  static MergedStudy of(List<Study> parts, int viewCap) {
    Study first = parts.get(0);
    return new MergedStudy(
        first.getStudyId(), first.getPatientId(), distinctViews(parts, viewCap), best(parts));
  }

  /** Whether a report can be trained on: a preliminary one may still change. */
  static boolean isFinal(Report report) {
    return report.getStatus() == ReportStatus.FINAL || report.getStatus() == ReportStatus.AMENDED;
  }

  private static List<View> distinctViews(List<Study> parts, int viewCap) {
    Set<String> seen = new HashSet<>();
    List<View> views = new ArrayList<>();
    for (Study part : parts) {
      for (View view : part.getViews()) {
        if (views.size() < viewCap && seen.add(view.getSha256())) {
          views.add(view);
        }
      }
    }
    return views;
  }

  private static Optional<Report> best(List<Study> parts) {
    Report best = null;
    for (Study part : parts) {
      Report report = part.getReport();
      if (report != null && isFinal(report) && (best == null || RANK.compare(report, best) >= 0)) {
        best = report;
      }
    }
    return Optional.ofNullable(best);
  }
}
