package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Segment;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells names from codes in segments of a site's own, where nobody says what a field is: by letters
 * alone where a name stands, and no coding system where a code would have one.
 */
final class NameShape {

  private static final Pattern NAME =
      Pattern.compile("\\p{L}[\\p{L}\\p{M}'’.-]*( \\p{L}[\\p{L}\\p{M}'’.-]*){0,3}");
  private static final Pattern LETTER_AND_MORE = Pattern.compile(".*\\p{L}.*\\p{L}.*");
  private static final Pattern NUMBER = Pattern.compile("[^ ]*\\d[^ ]*|");
  private static final Set<String> SYSTEMS =
      Set.of("L", "LN", "LOCAL", "SCT", "SNM", "LOINC", "DCM", "RADLEX", "RADELEMENT", "UCUM");

  private NameShape() {}

  /** As XPN: family^given. */
  static boolean isPerson(Hl7Segment segment, int field, int repetition) {
    return isName(segment, field, repetition, 1)
        && isNameOrInitial(segment, field, repetition, 2)
        && isNoSystem(segment.value(field, repetition, 3));
  }

  /** As XCN: number^family^given. */
  static boolean isStaff(Hl7Segment segment, int field, int repetition) {
    return NUMBER.matcher(segment.value(field, repetition, 1)).matches()
        && isName(segment, field, repetition, 2)
        && isNameOrInitial(segment, field, repetition, 3)
        && isNoSystem(segment.value(field, repetition, 3));
  }

  private static boolean isName(Hl7Segment segment, int field, int repetition, int component) {
    return isNameOrInitial(segment, field, repetition, component)
        && LETTER_AND_MORE.matcher(segment.value(field, repetition, component)).matches();
  }

  private static boolean isNameOrInitial(
      Hl7Segment segment, int field, int repetition, int component) {
    return NAME.matcher(segment.value(field, repetition, component)).matches();
  }

  /** A coding system's name, as {@code 99LOCAL} or {@code HL70001}, has digits or is well known. */
  private static boolean isNoSystem(String text) {
    return text.chars().noneMatch(Character::isDigit)
        && !SYSTEMS.contains(text.toUpperCase(Locale.ROOT));
  }
}
