package io.radstream.streams;

import io.radstream.schemas.Correction;
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
import java.util.function.Predicate;

/**
 * Puts the parts of a study together, one after the other in order of arrival: what a later part
 * makes useless or takes back, and what is over the cap, is not held.
 */
final class StudyMerge {

  /**
   * A higher version wins, whichever report it is of, then an amendment, then the greater id, so
   * that the order of arrival is no matter; of two equals, the one that arrived later.
   */
  private static final Comparator<Report> RANK =
      Comparator.comparingInt(Report::getVersion)
          .thenComparing(report -> report.getStatus() == ReportStatus.AMENDED)
          .thenComparing(
              Report::getReportId, Comparator.nullsFirst(Comparator.<String>naturalOrder()));

  /** What a part takes back of the parts before it. */
  private record Retraction(int place, Set<String> views, Set<String> reports, boolean allReports) {

    static Retraction of(int place, Correction correction) {
      return new Retraction(
          place,
          Set.copyOf(correction.getRetractedViews()),
          Set.copyOf(correction.getRetractedReports()),
          correction.getReportRetracted());
    }

    boolean isOf(View view) {
      return views.contains(view.getViewId());
    }

    boolean isOf(Report report) {
      String id = report.getReportId();
      return allReports || (id != null && reports.contains(id));
    }
  }

  private final String studyId;
  private final String patientId;
  private final int viewCap;
  private final List<Retraction> retractions = new ArrayList<>();
  private final Set<String> pictures = new HashSet<>();
  private final List<View> views = new ArrayList<>();
  private Optional<Report> report = Optional.empty();
  private long reportOffset;
  private long newest;
  private int place;

  /**
   * @param patientId who the study's patient is now, whatever its parts say
   * @param viewCap most views to keep
   */
  StudyMerge(String studyId, String patientId, int viewCap) {
    this.studyId = studyId;
    this.patientId = patientId;
    this.viewCap = viewCap;
  }

  /** Whether a part takes something back. */
  static boolean takesBack(Study part) {
    Correction correction = part.getCorrection();
    return correction != null
        && (!correction.getRetractedViews().isEmpty()
            || correction.getReportRetracted()
            || !correction.getRetractedReports().isEmpty());
  }

  /**
   * Heeds what a part takes back; told of all such parts before any is added.
   *
   * @param place of the part among all, from 0: a part that waited has an offset before others
   */
  void heed(Study part, int place) {
    retractions.add(Retraction.of(place, part.getCorrection()));
  }

  /**
   * @param part of the same study as those before
   */
  void add(Study part, long offset) {
    newest = offset;
    for (View view : part.getViews()) {
      if (stays(later -> later.isOf(view))) {
        add(view);
      }
    }
    Report added = part.getReport();
    if (added != null
        && MergedStudy.isFinal(added)
        && stays(later -> later.isOf(added))
        && report.filter(best -> RANK.compare(added, best) < 0).isEmpty()) {
      report = Optional.of(added);
      reportOffset = offset;
    }
    place++;
  }

  private void add(View view) {
    Optional<View> before = views.stream().filter(held -> isComplete(held, view)).findFirst();
    if (before.isPresent()) {
      pictures.remove(before.get().getSha256());
      pictures.add(view.getSha256());
      views.set(views.indexOf(before.get()), view);
    } else if (views.size() < viewCap && pictures.add(view.getSha256())) {
      views.add(view);
    }
  }

  /**
   * Whether a view comes again with its original, or with one that has moved. What was published
   * before there were originals may have another picture: text is looked for more closely where
   * there are.
   */
  private static boolean isComplete(View held, View again) {
    boolean same = held.getSha256().equals(again.getSha256());
    return again.getOriginal() != null
        && !again.getOriginal().equals(held.getOriginal())
        && held.getViewId().equals(again.getViewId())
        && (same || held.getOriginal() == null);
  }

  private boolean stays(Predicate<Retraction> goes) {
    return retractions.stream().noneMatch(later -> later.place() > place && goes.test(later));
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
