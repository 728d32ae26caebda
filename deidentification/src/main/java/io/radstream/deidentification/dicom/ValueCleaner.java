package io.radstream.deidentification.dicom;

import io.radstream.deidentification.keys.DateShift;
import io.radstream.deidentification.keys.DigitStamp;
import io.radstream.deidentification.keys.UidMap;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What stands in the place of a value.
 *
 * @param dates of the patient
 * @param text takes out of free text what identifies
 * @param own takes out of any text what names the data set's own people and numbers
 */
public record ValueCleaner(
    UidMap uids, DateShift dates, UnaryOperator<String> text, UnaryOperator<String> own) {

  /** A UID that may stay: of the standard itself, as of classes and transfer syntaxes. */
  private static final String STANDARD_ROOT = "1.2.840.10008.";

  private static final String WORD = "XXXX";

  /** Older than 89 years; in months or less nobody is, by three digits. */
  private static final Pattern OLD = Pattern.compile("\\s*(09|[1-9][0-9])[0-9]Y\\s*");

  private static final String OLDEST = "090Y";

  private static String age(String value) {
    return OLD.matcher(value).matches() ? OLDEST : value;
  }

  String uid(String value) {
    return value.strip().startsWith(STANDARD_ROOT) ? value : uids.map(value);
  }

  /**
   * The value without what identifies.
   *
   * @return empty where nothing of it can stay
   */
  Optional<String> cleaned(String vr, String value) {
    return switch (vr) {
      case "DA", "DT" -> DigitStamp.parse(value).map(stamp -> stamp.shifted(dates).text());
      case "UI" -> Optional.of(uid(value));
      case "SH", "LO", "ST", "LT", "UT", "UC", "CS", "AE" -> Optional.of(text.apply(value));
      case "AS" -> Optional.of(age(value));
      case "TM", "DS", "IS", "US", "SS", "UL", "SL", "UV", "SV", "FL", "FD", "AT" ->
          Optional.of(value);
      default -> Optional.empty();
    };
  }

  /** The value of an attribute that stays, without names and numbers that it should not hold. */
  String kept(String vr, String value) {
    return switch (vr) {
      case "SH", "LO", "ST", "LT", "UT", "UC", "UR", "CS", "AE" -> own.apply(value);
      default -> value;
    };
  }

  /** A value of the representation that says nothing; empty where only bytes would do. */
  Optional<String> dummy(String vr, String value) {
    return switch (vr) {
      case "DA" -> Optional.of("19000101");
      case "DT" -> Optional.of("19000101000000");
      case "TM" -> Optional.of("000000");
      case "AS" -> Optional.of("000Y");
      case "UI" -> Optional.of(uids.map(value));
      case "PN", "SH", "LO", "ST", "LT", "UT", "UC", "CS", "AE" -> Optional.of(WORD);
      case "DS", "IS", "US", "SS", "UL", "SL", "UV", "SV", "FL", "FD" -> Optional.of("0");
      default -> Optional.empty();
    };
  }
}
