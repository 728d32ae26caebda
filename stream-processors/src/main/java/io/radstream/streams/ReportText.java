package io.radstream.streams;

import io.radstream.radiology.report.ReportSections;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import java.util.Optional;

/** What there is to learn from of a study's report. */
sealed interface ReportText {

  record Usable(ReportSections sections) implements ReportText {}

  /**
   * Nothing.
   *
   * @param message says why; holds nothing of the report
   * @param text of the report; empty where there is none
   */
  record Unusable(RejectionReason reason, String message, String text) implements ReportText {}

  /** For whoever has pictures alone, which is no fault of theirs. */
  String NO_REPORT =
      "no final report arrived in time; with --reports optional the stage makes a tuple of a study"
          + " without one";

  /**
   * @param report that counts; empty where no final one has come
   */
  static ReportText of(Optional<Report> report) {
    if (report.isEmpty()) {
      return new Unusable(RejectionReason.NO_REPORT, NO_REPORT, "");
    }
    String text = report.get().getText();
    if (text.isBlank()) {
      return new Unusable(RejectionReason.EMPTY_REPORT, "report is empty", text);
    }
    ReportSections sections = ReportSections.of(text);
    if (sections.kinds().isEmpty()) {
      return new Unusable(
          RejectionReason.NO_FINDINGS_OR_IMPRESSION,
          "report has headings, but no text under Findings or Impression, nor elsewhere",
          text);
    }
    if (!sections.hasEnoughWords()) {
      return new Unusable(
          RejectionReason.REPORT_TOO_SHORT,
          "report has %d words; at least %d are needed"
              .formatted(sections.words(), ReportSections.MIN_WORDS),
          text);
    }
    return new Usable(sections);
  }
}
