package io.radstream.deidentification.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes another date in the place of one, in its own form. */
final class DateWriter {

  private static final int CENTURY = 100;

  /** Two digits from here on are of the last century. */
  private static final int PIVOT = 69;

  /** Has no 29th of February, and neither has a date without a year, but for that day. */
  private static final int NO_YEAR = 2001;

  private static final int LEAP_YEAR = 2000;

  private final DatePolicy policy;
  private final MonthNames months;
  private final BirthDates births;

  DateWriter(DatePolicy policy, MonthNames months, BirthDates births) {
    this.policy = policy;
    this.months = months;
    this.births = births;
  }

  /** A year as it is written, with all of its digits. */
  static int year(String written) {
    int year = Integer.parseInt(written);
    if (written.length() > 2) {
      return year;
    }
    return year + (year < PIVOT ? 2000 : 1900);
  }

  /** A date, a year that may be missing; empty where there is no such day. */
  static Optional<LocalDate> date(Optional<Integer> year, int month, int day) {
    try {
      int assumed = month == 2 && day == 29 ? LEAP_YEAR : NO_YEAR;
      return Optional.of(LocalDate.of(year.orElse(assumed), month, day));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** What stands in the place of a date that was found. */
  Span written(DateForm.Match match, LocalDate date, Optional<MonthNames.Name> name) {
    if (!(policy instanceof DatePolicy.Shift shift)
        || births.isKnown(match, date)
        || births.isOne(match.start())) {
      return Span.out(match.start(), match.end(), Kind.DATE);
    }
    LocalDate moved = shift.shift().shift(date);
    Map<Integer, Edit> edits = new TreeMap<>();
    edit(match, "w", edits, old -> months.like(old, moved.getDayOfWeek()));
    edit(match, "y", edits, old -> year(old, moved.getYear()));
    edit(match, "z", edits, old -> year(old, moved.getYear()));
    edit(match, "d", edits, old -> number(match, old, moved.getDayOfMonth()));
    edit(match, "r", edits, old -> RareDates.roman(old, moved.getMonthValue()));
    edit(match, "o", edits, old -> ordinal(old, moved.getDayOfMonth()));
    edit(
        match,
        "m",
        edits,
        old ->
            name.map(it -> months.like(old, it, moved.getMonthValue()))
                .orElseGet(() -> number(match, old, moved.getMonthValue())));
    return new Span(match.start(), match.end(), Kind.DATE, apply(match, edits));
  }

  private record Edit(int end, String text) {}

  private interface Writing {
    String of(String old);
  }

  private static void edit(
      DateForm.Match match, String part, Map<Integer, Edit> edits, Writing writing) {
    if (match.has(part)) {
      edits.put(match.start(part), new Edit(match.end(part), writing.of(match.part(part))));
    }
  }

  private static String apply(DateForm.Match match, Map<Integer, Edit> edits) {
    String text = match.text().original();
    StringBuilder written = new StringBuilder();
    int from = match.start();
    for (Map.Entry<Integer, Edit> edit : edits.entrySet()) {
      written.append(text, from, edit.getKey()).append(edit.getValue().text());
      from = edit.getValue().end();
    }
    return written.append(text, from, match.end()).toString();
  }

  private static String year(String old, int year) {
    return old.length() > 2 ? Integer.toString(year) : padded(year % CENTURY, true);
  }

  /** With a zero before a single digit where the date has one, or its form always has. */
  private static String number(DateForm.Match match, String old, int number) {
    boolean zero = false;
    for (String part : new String[] {"d", "m"}) {
      zero |= match.has(part) && match.part(part).startsWith("0");
    }
    boolean yearFirst = match.has("y") && match.start("y") == match.start();
    return padded(number, zero || (yearFirst && old.length() == 2));
  }

  private static String padded(int number, boolean zero) {
    return number < 10 && zero ? "0" + number : Integer.toString(number);
  }

  private static String ordinal(String old, int day) {
    String lower =
        switch (old.toLowerCase(java.util.Locale.ROOT)) {
          case "st", "nd", "rd", "th" -> english(day);
          case "er" -> day == 1 ? "er" : "";
          default -> old;
        };
    return Character.isUpperCase(old.charAt(0)) ? lower.toUpperCase(java.util.Locale.ROOT) : lower;
  }

  private static String english(int day) {
    if (day / 10 == 1) {
      return "th";
    }
    return switch (day % 10) {
      case 1 -> "st";
      case 2 -> "nd";
      case 3 -> "rd";
      default -> "th";
    };
  }
}
