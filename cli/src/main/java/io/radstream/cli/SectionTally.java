package io.radstream.cli;

import io.radstream.radiology.report.ReportSections;
import io.radstream.radiology.report.ReportSections.Kind;
import io.radstream.radiology.report.ReportSections.Section;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what is kept of reports and what is left out. */
final class SectionTally {

  private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
  private long reports;
  private long nothing;
  private long tooShort;
  private long wordsKept;
  private long wordsLeftOut;

  void add(ReportSections sections) {
    reports++;
    sections.kinds().forEach(kind -> kinds.merge(kind, 1L, Long::sum));
    if (sections.kinds().isEmpty()) {
      nothing++;
    } else if (sections.words() < ReportSections.MIN_WORDS) {
      tooShort++;
    }
    wordsKept += sections.words();
    for (Section section : sections.sections()) {
      wordsLeftOut += section.isKept() ? 0 : ReportSections.words(section.text());
    }
  }

  /** In the order in which they are told. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("reports", reports);
    counts.put("findings", of(Kind.FINDINGS));
    counts.put("impression", of(Kind.IMPRESSION));
    counts.put("whole", of(Kind.WHOLE));
    counts.put("last_paragraph", of(Kind.LAST_PARAGRAPH));
    counts.put("before_headings", of(Kind.BEFORE_HEADINGS));
    counts.put("nothing", nothing);
    counts.put("too_short", tooShort);
    counts.put("words_kept", wordsKept);
    counts.put("words_left_out", wordsLeftOut);
    return counts;
  }

  private long of(Kind kind) {
    return kinds.getOrDefault(kind, 0L);
  }
}
