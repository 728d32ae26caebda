package io.radstream.radiology.report;

import java.util.Locale;
import java.util.Set;

/**
 * What writers put around a heading to make it stand out: Markdown, lines of signs, brackets,
 * quotation marks, tags. Offsets are into the text that is given.
 */
final class Decoration {

  /** Decoration that Unicode counts among other signs. */
  private static final String SIGNS = "*#•·†‡※";

  /** Begin an aside or a quotation as often as they decorate: only a closed pair is decoration. */
  private static final String PAIRED = "({\"'“”„‘’‚«»‹›";

  private static final Set<String> TAGS =
      Set.of(
          "b", "br", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "p", "span",
          "strong", "td", "tr", "u");

  private static final int LONGEST_TAG = 11;

  private Decoration() {}

  /** Offset of the first character from {@code from} on that is neither blank nor decoration. */
  static int skip(CharSequence text, int from, int to) {
    int at = from;
    while (at < to) {
      int behind = behindTag(text, at, to);
      if (behind == at && (isBlank(text.charAt(at)) || isSign(text.charAt(at)))) {
        behind++;
      }
      if (behind == at) {
        return at;
      }
      at = behind;
    }
    return at;
  }

  /** Offset behind the last character that is neither blank nor decoration. */
  static int trim(CharSequence text, int from, int to) {
    int end = to;
    while (end > from) {
      char last = text.charAt(end - 1);
      int tag = last == '>' ? open(text, from, end) : -1;
      if (tag >= 0) {
        end = tag;
      } else if (isBlank(last) || isSign(last)) {
        end--;
      } else {
        return end;
      }
    }
    return end;
  }

  /** Behind the number of an item of a list, as "2." or "3)". */
  static int skipNumber(CharSequence text, int from, int to) {
    int at = from;
    while (at < to && at < from + 2 && Character.isDigit(text.charAt(at))) {
      at++;
    }
    boolean numbered =
        at > from
            && at + 1 < to
            && (text.charAt(at) == '.' || text.charAt(at) == ')')
            && isBlank(text.charAt(at + 1));
    return numbered ? at + 1 : from;
  }

  /** Behind a heading: colons, tags and signs of emphasis that are closed there; then blanks. */
  static int skipBehind(CharSequence text, int from, int to) {
    int at = from;
    int behind = behindMark(text, at, to);
    while (behind > at) {
      at = behind;
      behind = behindMark(text, at, to);
    }
    while (at < to && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int behindMark(CharSequence text, int at, int to) {
    boolean marks =
        at < to && ("*_".indexOf(text.charAt(at)) >= 0 || Line.isColon(text.charAt(at)));
    return marks ? at + 1 : behindTag(text, at, to);
  }

  /** Whether a line is nothing but a rule under the line before it. */
  static boolean isRule(CharSequence line) {
    int signs = 0;
    for (int i = 0; i < line.length(); i++) {
      char sign = line.charAt(i);
      if (!isBlank(sign) && "-=~_*".indexOf(sign) < 0) {
        return false;
      }
      signs += isBlank(sign) ? 0 : 1;
    }
    return signs >= 3;
  }

  static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
  }

  /** Whether a name may stand in what begins with this, as in a box. */
  static boolean opens(char c) {
    return PAIRED.indexOf(c) >= 0
        || "*_=<>~".indexOf(c) >= 0
        || Character.getType(c) == Character.START_PUNCTUATION;
  }

  /** Whether what {@link #opens} a box may close it like this. */
  static boolean closes(char c) {
    return "*_=<>~\"'".indexOf(c) >= 0
        || switch (Character.getType(c)) {
          case Character.END_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION ->
              true;
          default -> false;
        };
  }

  private static boolean isSign(char c) {
    return SIGNS.indexOf(c) >= 0
        || (PAIRED.indexOf(c) < 0
            && c != ')'
            && c != '}'
            && switch (Character.getType(c)) {
              case Character.START_PUNCTUATION,
                  Character.END_PUNCTUATION,
                  Character.DASH_PUNCTUATION,
                  Character.CONNECTOR_PUNCTUATION,
                  Character.MATH_SYMBOL,
                  Character.OTHER_SYMBOL ->
                  true;
              default -> false;
            });
  }

  /** Behind a tag as {@code <b>} or {@code </strong>}; {@code at} where none begins there. */
  private static int behindTag(CharSequence text, int at, int to) {
    if (at >= to || text.charAt(at) != '<') {
      return at;
    }
    int end = at + 1;
    while (end < to && end < at + LONGEST_TAG && isTagLetter(text.charAt(end))) {
      end++;
    }
    return end < to && text.charAt(end) == '>' && isTag(text, at + 1, end) ? end + 1 : at;
  }

  private static int open(CharSequence text, int from, int end) {
    int at = end - 2;
    while (at >= from && at > end - LONGEST_TAG && isTagLetter(text.charAt(at))) {
      at--;
    }
    return at >= from && text.charAt(at) == '<' && isTag(text, at + 1, end - 1) ? at : -1;
  }

  private static boolean isTag(CharSequence text, int from, int to) {
    String name = text.subSequence(from, to).toString().replace("/", "");
    return TAGS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isTagLetter(char c) {
    return c == '/' || Character.isLetterOrDigit(c);
  }
}
