package io.radstream.radiology.report;

import java.util.regex.Pattern;

/** A report without the mark-up of the system that it comes from, as far as that ends lines. */
final class PlainText {

  /** HL7's formatting command and its repetition sign, before a word; what forms escape. */
  private static final Pattern BREAK =
      Pattern.compile("\\\\\\.br\\\\|~(?=~|\\p{L}|$)|\\\\n(?=\\p{Lu}|\\\\n|$)");

  private static final Pattern BLOCK_TAG =
      Pattern.compile(
          "</?(?:br|p|div|li|ul|ol|tr|td|table|h[1-6])(?:\\s[^<>]{0,200})?/?>",
          Pattern.CASE_INSENSITIVE);

  /** Without any of these there is nothing of the others. */
  private static final Pattern MARK_UP = Pattern.compile("[\\\\~<&]");

  private static final Pattern SPACE = Pattern.compile("&nbsp;|&#160;");

  private PlainText() {}

  static String of(String report) {
    return MARK_UP.matcher(report).find() ? withoutMarkUp(report) : report;
  }

  private static String withoutMarkUp(String report) {
    String lines = BLOCK_TAG.matcher(BREAK.matcher(report).replaceAll("\n")).replaceAll("\n");
    return SPACE.matcher(lines).replaceAll(" ");
  }
}
