package io.radstream.deidentification.text;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The patient's own date of birth in digits, in any order of its parts and with any marks. */
final class KnownBirthDates implements Finder {

  private static final int CENTURY = 100;

  private static final String MARKS = "[-./, _'\\x{b7}\\x{30fb}]{1,3}";

  private final List<Pattern> patterns;

  KnownBirthDates(Collection<LocalDate> known) {
    patterns = known.stream().map(KnownBirthDates::pattern).toList();
  }

  private static Pattern pattern(LocalDate date) {
    String day = "0?" + date.getDayOfMonth();
    String month = "0?" + date.getMonthValue();
    int brief = date.getYear() % CENTURY;
    String year = "(?:%d|%02d)".formatted(date.getYear(), brief);
    String joined = "%02d%02d".formatted(date.getDayOfMonth(), date.getMonthValue());
    String turned = "%02d%02d".formatted(date.getMonthValue(), date.getDayOfMonth());
    return Pattern.compile(
        ("(?<![0-9])(?:%1$s%4$s%2$s%4$s%3$s|%2$s%4$s%1$s%4$s%3$s|%3$s%4$s%2$s%4$s%1$s"
                + "|%3$s%4$s%1$s%4$s%2$s|(?:%5$s|%6$s)%3$s|%7$d(?:%5$s|%6$s))(?![0-9])")
            .formatted(day, month, year, MARKS, joined, turned, date.getYear()));
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(text.folded());
      while (matcher.find()) {
        found.accept(Span.out(matcher.start(), matcher.end(), Kind.DATE));
      }
    }
  }
}
