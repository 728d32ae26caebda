package io.radstream.radiology.report;

import io.radstream.radiology.report.ReportSections.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The headings that radiology reports use. The list is closed: a colon alone ("Note: …", "Day 4:
 * …") makes no heading.
 */
final class ReportHeadings {
  private static final List<String> BOTH =
      List.of(
          "findings and impression",
          "findings and impressions",
          "findings & impression",
          "findings/impression",
          "findings / impression",
          "impression and findings",
          "impression & findings",
          "impression/findings",
          "impression / findings",
          "findings and conclusion",
          "findings/conclusion");

  private static final List<String> FINDINGS =
      List.of(
          "finding",
          "findings",
          "chest findings",
          "ct findings",
          "imaging findings",
          "imaging notes",
          "radiographic findings",
          "radiologic findings",
          "radiological findings",
          "x-ray findings",
          "observations");

  private static final List<String> IMPRESSION =
      List.of(
          "impression",
          "impressions",
          "final impression",
          "conclusion",
          "conclusions",
          "interpretation",
          "opinion",
          "summary");

  private static final List<String> OTHER =
      List.of(
          "accession number",
          "addendum",
          "admitting diagnosis",
          "case discussion",
          "clinical data",
          "clinical details",
          "clinical findings",
          "clinical history",
          "clinical indication",
          "clinical information",
          "clinical statement",
          "comparison",
          "comparisons",
          "comparison study",
          "contrast",
          "date of examination",
          "dictated by",
          "discussion",
          "electronically signed by",
          "exam",
          "exam type",
          "examination",
          "examinations",
          "examination type",
          "history",
          "indication",
          "indications",
          "limitations",
          "medical history",
          "notification",
          "past medical history",
          "patient history",
          "presentation",
          "prior studies",
          "procedure",
          "procedure comments",
          "protocol",
          "radiation dose",
          "reason",
          "reason for exam",
          "reason for examination",
          "reason for study",
          "reason for this examination",
          "recommendation",
          "recommendations",
          "signed by",
          "study",
          "technique",
          "type of examination",
          "underlying medical condition",
          "views",
          "wet read");

  /**
   * A known name with a colon, in any case, at the start of a line or after the end of a sentence;
   * in capitals also anywhere, or without a colon alone in its line.
   */
  static final Pattern PATTERN =
      Pattern.compile(
          "(?:^[ \\t]{0,80}|(?<=[.!?;:)\\]]\\s{1,4}))(?<name>(?i:NAMES))[ \\t]{0,8}:"
                  .replace("NAMES", alternatives(false))
              + "|(?<![A-Za-z])(?<capitals>NAMES)[ \\t]{0,8}:".replace("NAMES", alternatives(true))
              + "|^[ \\t]{0,80}(?<line>NAMES)[ \\t]{0,80}$".replace("NAMES", alternatives(true)),
          Pattern.MULTILINE);

  private ReportHeadings() {}

  /** The name that {@link #PATTERN} has just found. */
  static String nameIn(Matcher match) {
    String name = match.group("name");
    String capitals = match.group("capitals");
    return name != null ? name : capitals != null ? capitals : match.group("line");
  }

  /** What the text under a heading is worth; empty: nothing. */
  static Set<Kind> kinds(String found) {
    String name = found.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (BOTH.contains(name)) {
      return Set.of(Kind.FINDINGS, Kind.IMPRESSION);
    }
    if (FINDINGS.contains(name)) {
      return Set.of(Kind.FINDINGS);
    }
    return IMPRESSION.contains(name) ? Set.of(Kind.IMPRESSION) : Set.of();
  }

  /** Longest first, so that "findings and impression" is not read as "findings". */
  private static String alternatives(boolean capitals) {
    return Stream.of(BOTH, FINDINGS, IMPRESSION, OTHER)
        .flatMap(List::stream)
        .map(name -> capitals ? name.toUpperCase(Locale.ROOT) : name)
        .sorted(Comparator.comparingInt(String::length).reversed())
        .map(name -> name.replace(" ", "[ \\t]{1,4}"))
        .collect(Collectors.joining("|"));
  }
}
