package io.radstream.producers.hl7.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message's first segment, read before anything else is known of it: byte by byte, since the
 * character set stands in it, so that whatever is wrong behind it can still be answered.
 */
public final class Hl7Header {

  /** Longest header; what is longer is none. */
  private static final int MAX_BYTES = 4096;

  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z0-9]{2}");
  private static final String NAME = "MSH";
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  private final Delimiters delimiters;
  private final List<String> fields;

  private Hl7Header(Delimiters delimiters, List<String> fields) {
    this.delimiters = delimiters;
    this.fields = fields;
  }

  /** Empty where the bytes do not begin with a header. */
  public static Optional<Hl7Header> of(byte[] message) {
    int length = Math.min(message.length, MAX_BYTES);
    String text = new String(message, 0, length, StandardCharsets.ISO_8859_1);
    String line = withoutMark(text).stripLeading().split("[\r\n]", 2)[0];
    if (!line.startsWith(NAME) || line.length() < NAME.length() + 2) {
      return Optional.empty();
    }
    char separator = line.charAt(NAME.length());
    List<String> fields =
        List.of(line.substring(NAME.length() + 1).split(Pattern.quote("" + separator), -1));
    return Delimiters.of(separator, fields.get(0)).map(it -> new Hl7Header(it, fields));
  }

  static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
  }

  Delimiters delimiters() {
    return delimiters;
  }

  /**
   * A field as it stands there; empty where there is none.
   *
   * @param number as in the standard, from 2
   */
  String field(int number) {
    return number - 2 < fields.size() ? fields.get(number - 2) : "";
  }

  /** MSH-3 and MSH-4, as {@code RIS^HOSPITAL}: who sends. */
  public String sender() {
    return field(3) + "^" + field(4);
  }

  /** MSH-10, by which a sender knows the message again. */
  public String controlId() {
    return field(10);
  }

  /** For example {@code ORU}; in capitals. */
  public String type() {
    return component(9, 1);
  }

  /** False where nobody can say what the message is: a type has three letters or digits. */
  public boolean hasType() {
    return TYPE.matcher(type()).matches();
  }

  /** For example {@code R01}; empty in the oldest messages. */
  public String event() {
    return component(9, 2);
  }

  /** For example {@code 2.5.1}. */
  String version() {
    return component(12, 1);
  }

  private String component(int field, int number) {
    String[] components = field(field).split(Pattern.quote("" + delimiters.component()), -1);
    return number <= components.length
        ? components[number - 1].strip().toUpperCase(Locale.ROOT)
        : "";
  }

  /** The names of the character sets, none where the header has none. */
  List<String> characterSets() {
    return Pattern.compile(Pattern.quote("" + delimiters.repetition()))
        .splitAsStream(field(18))
        .map(name -> name.strip().toUpperCase(Locale.ROOT))
        .filter(name -> !name.isEmpty() && !name.equals(Hl7Segment.NULL))
        .toList();
  }

  /** MSH-15, when the sender wants to be told that a message was taken; empty: says nothing. */
  String acceptWish() {
    return component(15, 1);
  }

  /** MSH-16, when the sender wants to be told what became of a message; empty: says nothing. */
  String applicationWish() {
    return component(16, 1);
  }
}
