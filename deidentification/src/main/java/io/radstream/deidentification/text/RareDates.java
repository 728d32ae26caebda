package io.radstream.deidentification.text;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Dates with a month in Roman numerals, with a short year in front, or of another calendar. */
final class RareDates implements Finder {

  private static final List<String> ROMAN =
      List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");

  private static final String MONTH =
      "(?<r>(?-i:XII|XI|IX|X|VIII|VII|VI|IV|V|III|II|I|xii|xi|ix|x|viii|vii|vi|iv|v|iii|ii|i))";

  private static final DateForm ROMAN_MONTH =
      new DateForm(
          "(?<d>[0-9]{1,2})(?:(?<s>[-/.] ?)"
              + MONTH
              + "\\k<s>(?<y>(?:19|20)[0-9]{2}|[0-9]{2}))(?![0-9])");

  private static final DateForm ROMAN_MONTH_SPACED =
      new DateForm("(?<d>[0-9]{1,2})\\.? " + MONTH + "\\.? (?<y>(?:19|20)[0-9]{2})(?![0-9])");

  /** A number over 31 is neither a day nor a month. */
  private static final DateForm SHORT_YEAR_FIRST =
      new DateForm("(?<y>3[2-9]|[4-9][0-9])(?<s>[-/])(?<m>[0-9]{1,2})\\k<s>(?<d>[0-9]{1,2})");

  private static final String NUMERAL =
      "[\\x{3007}\\x{96f6}\\x{4e00}\\x{4e8c}\\x{4e09}\\x{56db}"
          + "\\x{4e94}\\x{516d}\\x{4e03}\\x{516b}\\x{4e5d}\\x{5341}\\x{5eff}\\x{5345}0-9]";

  private static final String ERA =
      "(?:\\x{660e}\\x{6cbb}|\\x{5927}\\x{6b63}|\\x{662d}\\x{548c}|\\x{5e73}\\x{6210}|\\x{4ee4}\\x{548c}"
          + "|[\\x{337b}-\\x{337e}\\x{32ff}]|(?:\\x{4e2d}\\x{83ef})?\\x{6c11}[\\x{570b}\\x{56fd}])";

  /** Taken out: their years are not ours, or their numbers are words. */
  private static final List<DateForm> OUT =
      List.of(
          DateForm.joinable(
              ERA
                  + " ?(?:\\x{5143}|"
                  + NUMERAL
                  + "{1,4}) ?\\x{5e74} ?"
                  + NUMERAL
                  + "{1,3} ?\\x{6708}(?: ?"
                  + NUMERAL
                  + "{1,3} ?\\x{65e5})?"),
          DateForm.joinable(ERA + " ?(?:\\x{5143}|[0-9]{1,3})[-/.][0-9]{1,2}[-/.][0-9]{1,2}"),
          new DateForm(
              "(?-i:[MTSHR])(?:\\x{5143}|[0-9]{1,2})\\x{5e74}[0-9]{1,2}\\x{6708}(?:[0-9]{1,2}\\x{65e5})?"),
          DateForm.joinable(
              "(?:19|20)[0-9]{2}\\x{5e74}(?=[^0-9])"
                  + NUMERAL
                  + "{1,3}\\x{6708}(?:"
                  + NUMERAL
                  + "{1,3}[\\x{65e5}\\x{53f7}])?"),
          new DateForm("(?-i:[HRS])[0-9]{1,2}(?<s>[/.])[0-9]{1,2}\\k<s>[0-9]{1,2}"),
          DateForm.joinable(
              "(?=[^0-9])"
                  + NUMERAL
                  + "{4}\\x{5e74}"
                  + NUMERAL
                  + "{1,3}\\x{6708}(?:"
                  + NUMERAL
                  + "{1,3}[\\x{65e5}\\x{53f7}])?"),
          new DateForm("(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}/(?:[0-9]{2}-)?[0-9]{2}(?![-0-9])"));

  private final DateWriter writer;

  RareDates(DateWriter writer) {
    this.writer = writer;
  }

  /** A month in the case of the old one. */
  static String roman(String old, int month) {
    String roman = ROMAN.get(month - 1);
    return Character.isUpperCase(old.charAt(0)) ? roman : roman.toLowerCase(Locale.ROOT);
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    for (DateForm form : List.of(ROMAN_MONTH, ROMAN_MONTH_SPACED)) {
      form.find(text, match -> roman(match).ifPresent(found));
    }
    SHORT_YEAR_FIRST.find(
        text,
        match ->
            match
                .date()
                .filter(date -> !ShortDates.isMeasure(match))
                .ifPresent(date -> found.accept(writer.written(match, date, Optional.empty()))));
    for (DateForm form : OUT) {
      form.find(text, match -> found.accept(Span.out(match.start(), match.end(), Kind.DATE)));
    }
  }

  private Optional<Span> roman(DateForm.Match match) {
    int month = ROMAN.indexOf(match.part("r").toUpperCase(Locale.ROOT)) + 1;
    Optional<Integer> year = Optional.of(DateWriter.year(match.part("y")));
    return DateWriter.date(year, month, match.number("d"))
        .map((LocalDate date) -> writer.written(match, date, Optional.empty()));
  }
}
