package io.radstream.producers.dicom.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The letters of a data set, as of PS3.3 C.12.1.1.2: one character set, or several between which
 * escape sequences change. What is written wrongly is read as well as it goes: never an error.
 */
record CharacterSets(Charset first, boolean changes) {

  /** ASCII; what lies beyond it against the rule is most often Latin. */
  static final CharacterSets DEFAULT = new CharacterSets(StandardCharsets.ISO_8859_1, false);

  private static final byte ESCAPE = 0x1B;

  private static final Map<String, String> BY_TERM =
      Map.ofEntries(
          Map.entry("100", "ISO-8859-1"),
          Map.entry("101", "ISO-8859-2"),
          Map.entry("109", "ISO-8859-3"),
          Map.entry("110", "ISO-8859-4"),
          Map.entry("144", "ISO-8859-5"),
          Map.entry("127", "ISO-8859-6"),
          Map.entry("126", "ISO-8859-7"),
          Map.entry("138", "ISO-8859-8"),
          Map.entry("148", "ISO-8859-9"),
          Map.entry("203", "ISO-8859-15"),
          Map.entry("166", "TIS-620"),
          Map.entry("13", "Shift_JIS"),
          Map.entry("192", "UTF-8"));

  /** What follows the escape, and in which set the bytes after it are. */
  private static final Map<String, String> BY_ESCAPE =
      Map.ofEntries(
          Map.entry("(B", "US-ASCII"),
          Map.entry("(J", "Shift_JIS"),
          Map.entry(")I", "Shift_JIS"),
          Map.entry("$)C", "EUC-KR"),
          Map.entry("$)A", "GB2312"),
          Map.entry("-A", "ISO-8859-1"),
          Map.entry("-B", "ISO-8859-2"),
          Map.entry("-C", "ISO-8859-3"),
          Map.entry("-D", "ISO-8859-4"),
          Map.entry("-L", "ISO-8859-5"),
          Map.entry("-G", "ISO-8859-6"),
          Map.entry("-F", "ISO-8859-7"),
          Map.entry("-H", "ISO-8859-8"),
          Map.entry("-M", "ISO-8859-9"),
          Map.entry("-b", "ISO-8859-15"),
          Map.entry("-T", "TIS-620"));

  /** Two bytes a letter, without their upper bit. */
  private static final String KANJI = "$B";

  private static final String KANJI_SUPPLEMENT = "$(D";

  static CharacterSets named(List<String> terms) {
    Charset first = terms.isEmpty() ? DEFAULT.first : charset(terms.get(0));
    boolean changes =
        terms.size() > 1 || terms.stream().anyMatch(term -> term.startsWith("ISO 2022"));
    return new CharacterSets(first, changes);
  }

  private static Charset charset(String term) {
    if (term.equals("GB18030") || term.equals("GBK")) {
      return Charset.forName(term);
    }
    String number = term.substring(term.lastIndexOf(' ') + 1);
    return Optional.ofNullable(BY_TERM.get(number)).map(Charset::forName).orElse(DEFAULT.first);
  }

  String decode(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    if (!changes) {
      return new String(bytes, first);
    }
    StringBuilder text = new StringBuilder();
    int position = 0;
    String escape = "";
    while (position < bytes.length) {
      int end = nextEscape(bytes, position);
      text.append(decode(bytes, position, end, escape));
      if (end == bytes.length) {
        break;
      }
      escape = escapeAt(bytes, end + 1);
      position = end + 1 + escape.length();
    }
    return text.toString();
  }

  private String decode(byte[] bytes, int start, int end, String escape) {
    if (escape.equals(KANJI) || escape.equals(KANJI_SUPPLEMENT)) {
      return kanji(bytes, start, end, escape.equals(KANJI_SUPPLEMENT));
    }
    String named = BY_ESCAPE.get(escape);
    return new String(bytes, start, end - start, named == null ? first : Charset.forName(named));
  }

  /** As EUC-JP writes them: with the upper bit, and the supplement with a byte before. */
  private static String kanji(byte[] bytes, int start, int end, boolean supplement) {
    ByteBuffer extended = ByteBuffer.allocate(2 * (end - start));
    int position = start;
    for (; position + 1 < end && bytes[position] > ' '; position += 2) {
      if (supplement) {
        extended.put((byte) 0x8F);
      }
      extended.put((byte) (bytes[position] | 0x80)).put((byte) (bytes[position + 1] | 0x80));
    }
    // A delimiter within: the set goes back there, whether or not an escape says so.
    String rest = new String(bytes, position, end - position, StandardCharsets.ISO_8859_1);
    return new String(extended.array(), 0, extended.position(), Charset.forName("EUC-JP")) + rest;
  }

  private static int nextEscape(byte[] bytes, int from) {
    int position = from;
    while (position < bytes.length && bytes[position] != ESCAPE) {
      position++;
    }
    return position;
  }

  /** Between two and three characters; the shorter one where none is known. */
  private static String escapeAt(byte[] bytes, int start) {
    int length = Math.min(3, bytes.length - start);
    String longest = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    if (BY_ESCAPE.containsKey(longest) || longest.equals(KANJI_SUPPLEMENT)) {
      return longest;
    }
    return longest.substring(0, Math.min(2, length));
  }
}
