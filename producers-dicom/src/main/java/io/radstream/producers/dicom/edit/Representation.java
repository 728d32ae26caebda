package io.radstream.producers.dicom.edit;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What PS3.5 says of value representations. */
public final class Representation {

  /** Nobody knows what it is. */
  static final String UNKNOWN = "UN";

  static final String SEQUENCE = "SQ";

  /** One text, with backslashes like other letters. */
  private static final Set<String> WHOLE_TEXTS = Set.of("LT", "ST", "UT", "UR");

  private static final Set<String> LISTED_TEXTS =
      Set.of("AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "PN", "SH", "TM", "UC", "UI");

  /** Letters in the character set of the data set; of all others they are of ASCII. */
  private static final Set<String> ANY_LETTERS = Set.of("LO", "LT", "PN", "SH", "ST", "UC", "UT");

  /** Bytes of each number. */
  private static final Map<String, Integer> WIDTHS =
      Map.ofEntries(
          Map.entry("AT", 2),
          Map.entry("US", 2),
          Map.entry("SS", 2),
          Map.entry("OW", 2),
          Map.entry("UL", 4),
          Map.entry("SL", 4),
          Map.entry("FL", 4),
          Map.entry("OL", 4),
          Map.entry("OF", 4),
          Map.entry("FD", 8),
          Map.entry("SV", 8),
          Map.entry("UV", 8),
          Map.entry("OD", 8),
          Map.entry("OV", 8),
          Map.entry("OB", 1),
          Map.entry(UNKNOWN, 1));

  /** Most letters of a value. */
  private static final Map<String, Integer> LONGEST =
      Map.of("AE", 16, "CS", 16, "SH", 16, "LO", 64, "PN", 64, "ST", 1024, "LT", 10_240);

  /** What values of numbers, times and UIDs are made of. */
  private static final Map<String, Pattern> ALPHABETS =
      Map.of(
          "AS", Pattern.compile("[0-9]{3}[DWMY]"),
          "DA", Pattern.compile("[0-9.]{0,10}"),
          "DS", Pattern.compile("[0-9+\\-.eE ]*"),
          "DT", Pattern.compile("[0-9+\\-. ]{0,26}"),
          "IS", Pattern.compile("[0-9+\\- ]*"),
          "TM", Pattern.compile("[0-9.: ]{0,16}"),
          "UI", Pattern.compile("[0-9.]{0,64}"));

  private Representation() {}

  static boolean isKnown(String representation) {
    return isText(representation)
        || WIDTHS.containsKey(representation)
        || representation.equals(SEQUENCE);
  }

  /** Whether it holds letters. */
  static boolean isText(String representation) {
    return LISTED_TEXTS.contains(representation) || isWholeText(representation);
  }

  static boolean isWholeText(String representation) {
    return WHOLE_TEXTS.contains(representation);
  }

  /** Whether letters may be any that there are. */
  public static boolean hasAnyLetters(String representation) {
    return ANY_LETTERS.contains(representation);
  }

  /** Bytes of a number, whose order is that of the file; 1 where there is no such order. */
  public static int width(String representation) {
    return WIDTHS.getOrDefault(representation, 1);
  }

  /** The value, no longer than values of the representation may be. */
  static String cut(String representation, String value) {
    int longest = LONGEST.getOrDefault(representation, Integer.MAX_VALUE);
    int letters = value.codePointCount(0, value.length());
    return letters <= longest ? value : value.substring(0, value.offsetByCodePoints(0, longest));
  }

  /** Whether a value is made of what such values are made of; an empty one is. */
  static boolean fits(String representation, String value) {
    Pattern alphabet = ALPHABETS.get(representation);
    return alphabet == null || value.isEmpty() || alphabet.matcher(value).matches();
  }
}
