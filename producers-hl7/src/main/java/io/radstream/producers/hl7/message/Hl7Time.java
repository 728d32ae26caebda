package io.radstream.producers.hl7.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time stamp.
 *
 * @param ofDay whether it says more than a date
 */
public record Hl7Time(Instant instant, boolean ofDay) {

  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{4})(\\d{2})?(\\d{2})?(\\d{2})?(\\d{2})?(\\d{2})?(?:\\.\\d{1,9})?([+-]\\d{4})?");

  /**
   * @param text as in a message
   * @param zone of times that name none
   * @return empty where it is no time
   */
  public static Optional<Hl7Time> of(String text, ZoneId zone) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(parts, 1, 0),
              number(parts, 2, 1),
              number(parts, 3, 1),
              number(parts, 4, 0),
              number(parts, 5, 0),
              number(parts, 6, 0));
      ZoneId its = parts.group(7) == null ? zone : ZoneOffset.of(parts.group(7));
      return Optional.of(new Hl7Time(local.atZone(its).toInstant(), parts.group(5) != null));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, int group, int absent) {
    return parts.group(group) == null ? absent : Integer.parseInt(parts.group(group));
  }
}
