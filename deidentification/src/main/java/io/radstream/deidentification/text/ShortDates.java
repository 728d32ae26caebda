package io.radstream.deidentification.text;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Dates in digits without a year. Two numbers alone are one only where the text says so: they may
 * be a measure.
 */
final class ShortDates {

  /** What a date without a year follows. */
  private static final String LEAD =
      "(?<pre>(?:on|dated?|since|vom|am|seit|du|le|el|dal|del|em|study|exam|examination|films?|radiographs?"
          + "|compared (?:with|to)|comparison (?:with|to)|versus|vs\\.?|against|verglichen mit"
          + "|vergleich (?:mit|zu|zum|vom)|compar\\x{e9}e? (?:au|\\x{e0})|comparad[oa] con|x-?rays?|cxr|ct|mri|scan|comparison|performed|prior|from|through|until|and|to):? (?:the )?)";

  private static final DateForm SHORT_MONTH_FIRST =
      new DateForm(LEAD + "(?<m>[0-9]{1,2})(?<s>/)(?<d>[0-9]{1,2})");

  private static final DateForm SHORT_DAY_FIRST =
      new DateForm(LEAD + "(?<d>[0-9]{1,2})(?<s>/)(?<m>[0-9]{1,2})");

  private static final DateForm DOTS =
      new DateForm(
          "(?<pre>(?:vom|am|seit|bis|zum|und|vor dem) )(?<d>[0-9]{1,2})(?<s>\\. ?)(?<m>[0-9]{1,2})\\.");

  /** They are words of measures and of marks. */
  private static final Set<String> UNITS =
      Set.of(
          "mm", "cm", "ml", "cc", "hu", "x", "m", "mg", "g", "kg", "percent", "degrees", "inch",
          "inches");

  private static final Set<String> NO_DATE_BEFORE =
      Set.of(
          "murmur",
          "strength",
          "lead",
          "leads",
          "rib",
          "ribs",
          "systolic",
          "diastolic",
          "reflexes",
          "pulses",
          "thickness",
          "power",
          "views",
          "view",
          "images",
          "image",
          "projections",
          "slices",
          "blood",
          "cultures",
          "of",
          "week",
          "weeks",
          "grade",
          "pain",
          "intensity",
          "lung",
          "lungs",
          "lobe");

  private static final Set<String> WEAK =
      Set.of("from", "through", "until", "and", "to", "prior", "ct", "mri");

  /** They compare grades of these as well as dates. */
  private static final Pattern COMPARING = Pattern.compile("compar|v(?:ersu)?s|against|vergl");

  private static final Set<Integer> GRADES = Set.of(5, 6, 10);

  private final DateWriter writer;

  ShortDates(DateWriter writer) {
    this.writer = writer;
  }

  /**
   * @param dayFirst how 3/4 is read
   */
  void find(ReportText text, boolean dayFirst, Consumer<Span> found) {
    DateForm brief = dayFirst ? SHORT_DAY_FIRST : SHORT_MONTH_FIRST;
    brief.find(text, match -> brief(match).ifPresent(found));
    DOTS.find(
        text,
        match ->
            match
                .date()
                .ifPresent(date -> found.accept(writer.written(match, date, Optional.empty()))));
  }

  /** Whether the numbers are followed by a unit. */
  static boolean isMeasure(DateForm.Match match) {
    return UNITS.contains(match.nextWord());
  }

  private Optional<Span> brief(DateForm.Match match) {
    String lead = match.part("pre").strip().replace(":", "").toLowerCase(Locale.ROOT);
    int day = match.number("d");
    int month = match.number("m");
    boolean weak =
        WEAK.contains(lead)
            && (Math.max(day, month) <= 6
                || match.text().folded().startsWith("/10", match.end() - 3));
    boolean grade = COMPARING.matcher(lead).lookingAt() && GRADES.contains(second(match));
    if (weak
        || grade
        || NO_DATE_BEFORE.contains(match.nextWord())
        || isMeasure(match)
        || isRange(match)) {
      return Optional.empty();
    }
    return match.date().map(date -> writer.written(match, date, Optional.empty()));
  }

  private static int second(DateForm.Match match) {
    return match.number(match.start("d") > match.start("m") ? "d" : "m");
  }

  private static boolean isRange(DateForm.Match match) {
    return match.text().folded().startsWith("/", match.end())
        || match.text().folded().startsWith("-", match.end());
  }
}
