package io.radstream.producers.hl7.message;

import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a field's escape sequences and formatting commands stand for. Line breaks are kept,
 * emphasis, indents and switches of the character set are dropped, and a lone escape character, as
 * senders leave in text by mistake, stays as it is.
 */
final class EscapedText {

  private static final Pattern COMMAND = Pattern.compile("\\.([a-z]{2})([+-]?\\d{0,4})");
  private static final Pattern HEX = Pattern.compile("X((?:[0-9A-Fa-f]{2})+)");
  private static final Pattern DROPPED =
      Pattern.compile("[HN]|[CM][0-9A-Fa-f]{4,6}|Z[^\r\n]{0,32}");

  /** Nobody means more blank lines than these. */
  private static final int MAX_BLANKS = 8;

  private final Delimiters delimiters;
  private final Charset charset;

  EscapedText(Delimiters delimiters, Charset charset) {
    this.delimiters = delimiters;
    this.charset = charset;
  }

  String read(String field) {
    int at = field.indexOf(delimiters.escape());
    if (at < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    int from = 0;
    while (at >= 0) {
      text.append(field, from, at);
      int end = field.indexOf(delimiters.escape(), at + 1);
      String meant = end < 0 ? null : meaning(field.substring(at + 1, end));
      if (meant == null) {
        text.append(delimiters.escape());
        from = at + 1;
      } else {
        text.append(meant);
        from = end + 1;
      }
      at = field.indexOf(delimiters.escape(), from);
    }
    return text.append(field, from, field.length()).toString();
  }

  /** Null where it is no sequence. */
  private String meaning(String sequence) {
    return switch (sequence) {
      case "F" -> String.valueOf(delimiters.field());
      case "S" -> String.valueOf(delimiters.component());
      case "T" -> String.valueOf(delimiters.subcomponent());
      case "R" -> String.valueOf(delimiters.repetition());
      case "E" -> String.valueOf(delimiters.escape());
      case "P" -> "#";
      default -> longer(sequence);
    };
  }

  private String longer(String sequence) {
    Matcher hex = HEX.matcher(sequence);
    if (hex.matches()) {
      return new String(HexFormat.of().parseHex(hex.group(1)), charset);
    }
    Matcher command = COMMAND.matcher(sequence.toLowerCase(Locale.ROOT));
    if (command.matches()) {
      return format(command.group(1), command.group(2));
    }
    return DROPPED.matcher(sequence).matches() ? "" : null;
  }

  private static String format(String command, String number) {
    return switch (command) {
      case "br", "ce" -> "\n";
      case "sp" -> "\n".repeat(count(number));
      case "sk" -> " ".repeat(count(number));
      default -> "";
    };
  }

  private static int count(String number) {
    int asked = number.matches("\\+?\\d+") ? Integer.parseInt(number.replace("+", "")) : 1;
    return Math.min(asked, MAX_BLANKS);
  }
}
