package io.radstream.deidentification.text;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates in digits, with a year or, by way of {@link ShortDates}, without one. */
final class NumericDates implements Finder {

  private static final int MONTHS = 12;
  private static final int PLAUSIBLE_FROM = 1850;
  private static final int PLAUSIBLE_TO = 2150;

  private static final String NUMBERED =
      "(?:ribs?|rippen?|costillas?|costelas?|coste|costae|segment(?:s|e|en|os)?|vertebra[el]?"
          + "|th|bwk|lwk|hwk)";

  private static final Pattern BEHIND_NUMBERED =
      Pattern.compile("(?iu)(?<!\\p{L})" + NUMBERED + "[ .:]{0,2}$");

  private static final Pattern BEFORE_NUMBERED =
      Pattern.compile(
          "(?iu) ?(?:(?:posterior|anterior|lateral|right|left) ){0,2}" + NUMBERED + "(?!\\p{L})");

  private static final int NEAR = 32;

  private static final int RIBS = 12;

  private static final String TIME =
      "(?:T[0-9]{2}:?[0-9]{2}(?::?[0-9]{2}(?:\\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?";

  private static final DateForm YEAR_FIRST =
      DateForm.joinable(
          "(?<y>[0-9]{4})(?<s>[-/.] ?)(?<m>[0-9]{1,2})(?<t>[-/.] ?)(?<d>[0-9]{1,2})" + TIME);

  private static final DateForm COMPACT =
      DateForm.joinable(
          "(?<y>(?:19|20)[0-9]{2})(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12][0-9]|3[01])" + TIME);

  private static final DateForm EASTERN =
      DateForm.joinable(
          "(?<y>(?:19|20)[0-9]{2}) ?[\\x{5e74}\\x{b144}] ?(?<m>[0-9]{1,2}) ?[\\x{6708}\\x{c6d4}]"
              + " ?(?<d>[0-9]{1,2})(?= ?[\\x{65e5}\\x{53f7}\\x{c77c}])");

  /** Two days of which one has the year: what is left of the other would tell of it. */
  private static final DateForm SEVERAL_DAYS =
      new DateForm(
          "[0-9]{1,2}(?:/[0-9]{1,2}|\\.(?:[0-9]{1,2}\\.)?) ?(?:-|and|und|&|to|bis) ?"
              + "[0-9]{1,2}(?<s>[/.])[0-9]{1,2}\\k<s>(?:19|20)[0-9]{2}(?![0-9])");

  private static final String YEAR_LAST = "(?<s>[-/.] ?)%s(?<t>[-/.] ?)'?(?<y>[0-9]{4}|[0-9]{2})";

  private static final DateForm DAY_FIRST =
      DateForm.joinable("(?<d>[0-9]{1,2})" + YEAR_LAST.formatted("(?<m>[0-9]{1,2})"));

  private static final DateForm MONTH_FIRST =
      DateForm.joinable("(?<m>[0-9]{1,2})" + YEAR_LAST.formatted("(?<d>[0-9]{1,2})"));

  private static final String OTHER_MARK = "(?<s>[ ,_\\x{b7}\\x{30fb}] ?)";

  private static final String FULL_YEAR = "(?<y>(?:19|20)[0-9]{2})";

  private static final DateForm OTHER_YEAR_FIRST =
      new DateForm(FULL_YEAR + OTHER_MARK + "(?<m>[0-9]{1,2})(?<t>\\k<s>)(?<d>[0-9]{1,2})");

  private static final DateForm OTHER_DAY_FIRST =
      new DateForm("(?<d>[0-9]{1,2})" + OTHER_MARK + "(?<m>[0-9]{1,2})(?<t>\\k<s>)" + FULL_YEAR);

  private static final DateForm OTHER_MONTH_FIRST =
      new DateForm("(?<m>[0-9]{1,2})" + OTHER_MARK + "(?<d>[0-9]{1,2})(?<t>\\k<s>)" + FULL_YEAR);

  private static final DateForm MONTH_YEAR =
      new DateForm("(?<m>0?[1-9]|1[0-2])(?<s>[-/.])(?<y>(?:19|20)[0-9]{2})");

  private static final DateForm YEAR_MONTH =
      new DateForm("(?<y>(?:19|20)[0-9]{2})(?<s>[-/])(?<m>0[1-9]|1[0-2])");

  private final DateWriter writer;
  private final ShortDates shortDates;
  private final boolean dayFirst;

  /**
   * @param dayFirst how 3/4/2020 is read where no other date of the text tells
   */
  NumericDates(DateWriter writer, boolean dayFirst) {
    this.writer = writer;
    this.shortDates = new ShortDates(writer);
    this.dayFirst = dayFirst;
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    YEAR_FIRST.find(text, match -> whole(match).ifPresent(found));
    for (DateForm form : List.of(COMPACT, EASTERN)) {
      form.find(
          text,
          match ->
              match
                  .date()
                  .ifPresent(date -> found.accept(writer.written(match, date, Optional.empty()))));
    }
    SEVERAL_DAYS.find(text, match -> found.accept(Span.out(match.start(), match.end(), Kind.DATE)));
    boolean days = dayFirst(text);
    // Dots are European, whatever slashes mean.
    DAY_FIRST.find(text, match -> whole(match, days || isDot(match)).ifPresent(found));
    MONTH_FIRST.find(text, match -> whole(match, !days && !isDot(match)).ifPresent(found));
    OTHER_YEAR_FIRST.find(text, match -> other(match, true).ifPresent(found));
    OTHER_DAY_FIRST.find(text, match -> other(match, days).ifPresent(found));
    OTHER_MONTH_FIRST.find(text, match -> other(match, !days).ifPresent(found));
    shortDates.find(text, days, found);
    for (DateForm form : List.of(MONTH_YEAR, YEAR_MONTH)) {
      form.find(text, match -> month(match).ifPresent(found));
    }
  }

  /** What a day over 12 in any of the text's dates tells. */
  private boolean dayFirst(ReportText text) {
    int[] votes = new int[2];
    DAY_FIRST.find(
        text,
        match -> {
          if (!isDot(match) && match.number("m") <= MONTHS && match.number("d") > MONTHS) {
            votes[0]++;
          } else if (!isDot(match) && match.number("m") > MONTHS && match.number("d") <= MONTHS) {
            votes[1]++;
          }
        });
    return votes[0] == votes[1] ? dayFirst : votes[0] > votes[1];
  }

  private static boolean isDot(DateForm.Match match) {
    return ".\u00B7\u30FB".indexOf(match.part("s").charAt(0)) >= 0;
  }

  private Optional<Span> whole(DateForm.Match match, boolean order) {
    Optional<LocalDate> date = match.date();
    // Where the text's order makes no date, the other one does.
    boolean other = !order && date.isPresent() && swapped(match).isEmpty();
    return order || other ? whole(match) : Optional.empty();
  }

  /** Numbers beside each other are a date only where there is such a day. */
  private Optional<Span> other(DateForm.Match match, boolean order) {
    return match.date().isEmpty() || ShortDates.isMeasure(match)
        ? Optional.empty()
        : whole(match, order);
  }

  private static Optional<LocalDate> swapped(DateForm.Match match) {
    return DateWriter.date(
        Optional.of(DateWriter.year(match.part("y"))), match.number("d"), match.number("m"));
  }

  /** Whether three ribs or vertebrae are numbered: 8/9/10. */
  private static boolean isCount(DateForm.Match match) {
    int first = match.number(match.start("d") < match.start("m") ? "d" : "m");
    int second = match.number(match.start("d") < match.start("m") ? "m" : "d");
    int third = match.number("y");
    String text = match.text().folded();
    String before = text.substring(Math.max(0, match.start() - NEAR), match.start());
    Matcher behind =
        BEFORE_NUMBERED
            .matcher(text)
            .region(match.end(), Math.min(text.length(), match.end() + NEAR));
    return first < second
        && second < third
        && third <= RIBS
        && (BEHIND_NUMBERED.matcher(before).find() || behind.lookingAt());
  }

  private Optional<Span> whole(DateForm.Match match) {
    boolean sameMark = match.part("s").charAt(0) == match.part("t").charAt(0);
    boolean shortYear = match.part("y").length() == 2;
    boolean measure =
        ShortDates.isMeasure(match) || match.part("s").endsWith(" ") || isCount(match);
    if (!sameMark || (shortYear && measure)) {
      return Optional.empty();
    }
    Optional<LocalDate> date = match.date();
    if (date.isEmpty() && swapped(match).isPresent()) {
      return Optional.empty();
    }
    int year = DateWriter.year(match.part("y"));
    boolean plausible = year >= PLAUSIBLE_FROM && year <= PLAUSIBLE_TO;
    if (date.isPresent() && plausible) {
      return Optional.of(writer.written(match, date.get(), Optional.empty()));
    }
    // No day, but written as one: whatever it means, it is not medicine.
    return shortYear || !plausible
        ? Optional.empty()
        : Optional.of(Span.out(match.start(), match.end(), Kind.DATE));
  }

  private Optional<Span> month(DateForm.Match match) {
    return DateWriter.date(Optional.of(match.number("y")), match.number("m"), 15)
        .filter(date -> !ShortDates.isMeasure(match))
        .map(date -> writer.written(match, date, Optional.empty()));
  }
}
