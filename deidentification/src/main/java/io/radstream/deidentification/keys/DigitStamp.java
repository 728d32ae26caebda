package io.radstream.deidentification.keys;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date written in digits alone, as DICOM (DA, DT) and HL7 (DT, DTM) write it: a year, with month,
 * day, time, fraction and zone as far as they are known.
 *
 * @param precision digits of the date, 4, 6 or 8
 * @param rest what follows the date: time, fraction, zone
 */
public record DigitStamp(LocalDate date, int precision, String rest) {

  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{4})([0-9]{2})?([0-9]{2})?((?:[0-9]{2}){0,3}(?:\\.[0-9]{1,6})?)([+-][0-9]{4})?");

  private static final int MIDDLE_MONTH = 7;
  private static final int MIDDLE_DAY = 15;

  /** Empty where the text is no such date. */
  public static Optional<DigitStamp> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      int precision = form.group(3) != null ? 8 : form.group(2) != null ? 6 : 4;
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(form.group(1)),
              precision > 4 ? Integer.parseInt(form.group(2)) : MIDDLE_MONTH,
              precision > 6 ? Integer.parseInt(form.group(3)) : precision > 4 ? MIDDLE_DAY : 1);
      String zone = form.group(5) == null ? "" : form.group(5);
      return Optional.of(new DigitStamp(date, precision, form.group(4) + zone));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Moved by the patient's offset; a date without a day as if it were in its middle. */
  public DigitStamp shifted(DateShift shift) {
    return new DigitStamp(shift.shift(date), precision, rest);
  }

  /** As it is written, in its own precision. */
  public String text() {
    int digits = date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    return zeroPadded(digits).substring(0, precision) + rest;
  }

  private static String zeroPadded(int digits) {
    String text = Integer.toString(digits);
    return "0".repeat(Math.max(0, 8 - text.length())) + text;
  }
}
