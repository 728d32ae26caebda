package io.radstream.deidentification.keys;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * How far the dates of one patient are moved: whole days into the past, the same for whatever
 * source names the patient alike. What lies between two dates of a patient stays exact, and so does
 * the time of day; the day of the week does not, because weeks would leave a hundred offsets only.
 *
 * @param days back, at least {@link #MIN_DAYS}
 */
public record DateShift(int days) {

  /** About a year: no shifted date lies close to the true one. */
  public static final int MIN_DAYS = 365;

  /** About three years. */
  public static final int MAX_DAYS = 1095;

  public DateShift {
    if (days < MIN_DAYS || days > MAX_DAYS) {
      throw new IllegalArgumentException("dates are moved by 365 to 1095 days");
    }
  }

  /**
   * @param patient as the site names the patient to all sources
   */
  public static DateShift of(SiteKey key, String patient) {
    long hash = ByteBuffer.wrap(key.hash("DATES", patient)).getLong();
    return new DateShift(MIN_DAYS + Math.floorMod(hash, MAX_DAYS - MIN_DAYS + 1));
  }

  public LocalDate shift(LocalDate date) {
    return date.minusDays(days);
  }

  public LocalDateTime shift(LocalDateTime time) {
    return time.minusDays(days);
  }
}
