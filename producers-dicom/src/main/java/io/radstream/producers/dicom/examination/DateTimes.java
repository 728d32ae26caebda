package io.radstream.producers.dicom.examination;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a radiograph was taken, in local time of the site. */
final class DateTimes {

  private static final Pattern DATE = Pattern.compile("(\\d{4})[.]?(\\d{2})[.]?(\\d{2})");

  /** Hours, and minutes and seconds where they are known; parts of seconds do not matter. */
  private static final Pattern TIME =
      Pattern.compile("(\\d{2})(?::?(\\d{2})(?::?(\\d{2})(?:[.]\\d*)?)?)?");

  private static final int DATE_DIGITS = 8;

  private record Tags(int date, int time) {}

  private static final List<Tags> IN_ORDER =
      List.of(
          new Tags(Tag.ACQUISITION_DATE, Tag.ACQUISITION_TIME),
          new Tags(Tag.CONTENT_DATE, Tag.CONTENT_TIME),
          new Tags(Tag.STUDY_DATE, Tag.STUDY_TIME));

  private DateTimes() {}

  static Optional<LocalDateTime> acquired(Dataset header) {
    Optional<LocalDateTime> known = header.text(Tag.ACQUISITION_DATE_TIME).flatMap(DateTimes::both);
    for (Tags tags : IN_ORDER) {
      known = known.isPresent() ? known : of(header.text(tags.date()), header.text(tags.time()));
    }
    return known;
  }

  /** With or without an offset from UTC, which is not asked for. */
  private static Optional<LocalDateTime> both(String text) {
    if (text.length() < DATE_DIGITS) {
      return Optional.empty();
    }
    String time = text.substring(DATE_DIGITS).split("[+-]", 2)[0];
    return of(Optional.of(text.substring(0, DATE_DIGITS)), Optional.of(time));
  }

  private static Optional<LocalDateTime> of(Optional<String> date, Optional<String> time) {
    return date.flatMap(DateTimes::date)
        .map(day -> day.atTime(time.flatMap(DateTimes::time).orElse(LocalTime.MIDNIGHT)));
  }

  private static Optional<LocalDate> date(String text) {
    Matcher parts = DATE.matcher(text);
    try {
      return parts.matches()
          ? Optional.of(LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3)))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalTime> time(String text) {
    Matcher parts = TIME.matcher(text);
    try {
      return parts.matches()
          ? Optional.of(LocalTime.of(number(parts, 1), number(parts, 2), number(parts, 3)))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
  }
}
