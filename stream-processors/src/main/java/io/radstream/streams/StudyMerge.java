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
 * Puts the parts of a study together, one after the other in order of arrival: what a later part
 * makes useless, and what is over the cap, is not held.
 */
final class StudyMerge {

  /** A higher version wins, then an amendment; of two equals, the one that arrived later. */
  private static final Comparator<Report> RANK =
      Comparator.comparingInt(Report::getVersion)
          .thenComparing(report -> report.getStatus() == ReportStatus.AMENDED);

  private final int viewCap;
  private final Set<String> pictures = new HashSet<>();
  private final List<View> views = new ArrayList<>();
  private String studyId = "";
  private String patientId = "";
  private Optional<Report> report = Optional.empty();
  private long reportOffset;
  private long newest;

  /**
   * @param viewCap most views to keep
   */
  StudyMerge(int viewCap) {
    this.viewCap = viewCap;
  }

  /**
   * @param part of the same study and patient as those before
   */
  void add(Study part, long offset) {
    studyId = part.getStudyId();
    patientId = part.getPatientId();
    newest = offset;
    for (View view : part.getViews()) {
      if (views.size() < viewCap && pictures.add(view.getSha256())) {
        views.add(view);
      }
    }
    Report added = part.getReport();
    if (added != null
        && MergedStudy.isFinal(added)
        && report.filter(best -> RANK.compare(added, best) < 0).isEmpty()) {
      report = Optional.of(added);
      reportOffset = offset;
    }
  }

  /** All that was added, at least one part. */
  MergedStudy study() {
    return new MergedStudy(studyId, patientId, views, report);
  }

  /** Offset of the record to point at: that of the report, or the newest. */
  long culprit() {
    return report.isPresent() ? reportOffset : newest;
  }
}
