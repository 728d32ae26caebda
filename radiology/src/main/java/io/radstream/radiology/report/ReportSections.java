package io.radstream.radiology.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A report in sections, and which of them say what the radiograph shows. Findings and Impression
 * do, under whatever name; indication, technique, comparison, advice and signatures do not, and are
 * left out. Where there is neither, the last paragraph counts, else what stands before the first
 * heading, as MIMIC-CXR's own code has it; a report without any heading is taken whole.
 *
 * @param sections in the report's order
 */
public record ReportSections(List<Section> sections) {

  /** Shortest text worth training on (paper, section 4). */
  public static final int MIN_WORDS = 3;

  /** Where text was taken from. */
  public enum Kind {
    WHOLE,
    FINDINGS,
    IMPRESSION,
    LAST_PARAGRAPH,
    BEFORE_HEADINGS
  }

  /**
   * A part of a report.
   *
   * @param name its heading as it is written; empty where it has none
   * @param kinds what its text is worth; empty: it is left out
   * @param text without the heading; not blank
   */
  public record Section(String name, Set<Kind> kinds, String text) {

    public Section {
      kinds = Set.copyOf(kinds);
    }

    /** Whether it says what the radiograph shows. */
    public boolean isKept() {
      return !kinds.isEmpty();
    }
  }

  /** Scripts that are written without spaces: each sign counts. */
  private static final String SIGN =
      "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]";

  private static final Pattern WORD =
      Pattern.compile(SIGN + "|[\\p{L}\\p{M}\\p{N}&&[^" + SIGN.substring(1) + "]+");

  public ReportSections {
    sections = List.copyOf(sections);
  }

  public static ReportSections of(String report) {
    return new ReportSections(new SectionReader(PlainText.of(report)).read());
  }

  /** What the kept text was taken from; empty where nothing is kept. */
  public Set<Kind> kinds() {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    sections.forEach(section -> kinds.addAll(section.kinds()));
    return kinds;
  }

  /** The kept text without its headings, in the report's order. */
  public String text() {
    return sections.stream()
        .filter(Section::isKept)
        .map(Section::text)
        .collect(Collectors.joining("\n"));
  }

  /** Words that are kept. */
  public long words() {
    return words(text());
  }

  /** Whether {@link #MIN_WORDS} are kept, or more. */
  public boolean hasEnoughWords() {
    return WORD.matcher(text()).results().limit(MIN_WORDS).count() == MIN_WORDS;
  }

  /**
   * Runs of letters and digits; punctuation is no word. Of scripts without spaces each sign is one.
   */
  public static long words(String text) {
    return WORD.matcher(text).results().count();
  }
}
