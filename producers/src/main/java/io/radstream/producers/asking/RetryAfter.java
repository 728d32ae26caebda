package io.radstream.producers.asking;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The pause that a server asks for (RFC 9110, section 10.2.3). */
public final class RetryAfter {

  private static final long MOST_SECONDS = 1_000_000;

  private RetryAfter() {}

  /** Seconds or a date; what is neither asks for nothing. */
  public static Duration of(HttpHeaders headers, Instant now) {
    String value = headers.firstValue("Retry-After").orElse("").strip();
    try {
      if (value.matches("[0-9]{1,9}")) {
        return Duration.ofSeconds(Math.min(Long.parseLong(value), MOST_SECONDS));
      }
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(now, until);
      return left.isNegative() ? Duration.ZERO : left;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
