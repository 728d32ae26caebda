package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a report that says what the radiograph shows: the text under Findings and Impression.
 * Indication, technique, comparison and the like are left out, since no picture shows them. A
 * report without any heading is taken whole.
 *
 * @param kinds what the text was taken from; empty where the report has headings, but no text under
 *     Findings or Impression
 * @param text the text without its headings, in the report's order
 */
public record ReportSections(Set<Kind> kinds, String text) {

  /** Where text was taken from. */
  public enum Kind {
    WHOLE,
    FINDINGS,
    IMPRESSION
  }

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  public ReportSections {
    kinds = Set.copyOf(kinds);
  }

  public static ReportSections of(String report) {
    List<Section> sections = sectionsOf(report);
    if (sections.isEmpty()) {
      return new ReportSections(Set.of(Kind.WHOLE), report.strip());
    }
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    List<String> texts = new ArrayList<>();
    for (Section section : sections) {
      if (!section.kinds().isEmpty() && !section.text().isEmpty()) {
        kinds.addAll(section.kinds());
        texts.add(section.text());
      }
    }
    return new ReportSections(kinds, String.join("\n", texts));
  }

  /** Runs of letters and digits in the text; punctuation is no word. */
  public long words() {
    return WORD.matcher(text).results().count();
  }

  private record Section(Set<Kind> kinds, String text) {}

  private static List<Section> sectionsOf(String report) {
    List<Section> sections = new ArrayList<>();
    Matcher matcher = ReportHeadings.PATTERN.matcher(report);
    boolean found = matcher.find();
    while (found) {
      Set<Kind> kinds = ReportHeadings.kinds(ReportHeadings.nameIn(matcher));
      int start = matcher.end();
      found = matcher.find();
      int end = found ? matcher.start() : report.length();
      sections.add(new Section(kinds, report.substring(start, end).strip()));
    }
    return sections;
  }
}
