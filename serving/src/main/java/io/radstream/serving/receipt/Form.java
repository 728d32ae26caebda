package io.radstream.serving.receipt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** What the fields of a receipt may hold. */
final class Form {

  private static final int LONGEST_TEXT = 256;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** Above it a number of JSON is not exact, and others would be signed together with it. */
  private static final long LARGEST_EXACT = (1L << 53) - 1;

  private Form() {}

  /**
   * One line of text that can be shown and signed.
   *
   * @param field its name, for the message
   * @throws IllegalArgumentException where it is none
   */
  static String text(String field, String value) {
    require(
        value != null
            && value.length() <= LONGEST_TEXT
            && !CONTROL.matcher(value).find()
            && StandardCharsets.UTF_8.newEncoder().canEncode(value),
        field,
        "one line of at most " + LONGEST_TEXT + " characters");
    return value;
  }

  static String sha256(String field, String value) {
    require(
        value != null && SHA_256.matcher(value).matches(),
        field,
        "64 hexadecimal digits, a SHA-256");
    return value;
  }

  static void number(String field, long value, long most) {
    require(value >= 0 && value <= most, field, "a number from 0 to " + most);
  }

  static void exact(String field, long value) {
    number(field, value, LARGEST_EXACT);
  }

  static void present(String field, Object value) {
    require(value != null, field, "there");
  }

  static <T> List<T> list(String field, List<T> values, int most) {
    require(
        values != null && values.size() <= most && values.stream().allMatch(Objects::nonNull),
        field,
        "a list of at most " + most);
    return List.copyOf(values);
  }

  static void map(String field, Map<String, ?> values, int most) {
    require(
        values != null
            && values.size() <= most
            && values.values().stream().allMatch(Objects::nonNull),
        field,
        "an object of at most " + most + " names");
    values.keySet().forEach(name -> text("a name in " + field, name));
  }

  static void require(boolean holds, String field, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is not %s".formatted(field, expected));
    }
  }
}
