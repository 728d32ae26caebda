package io.radstream.radiology.report;

/**
 * What writers put around a heading to make it stand out: Markdown, lines of signs, brackets, tags.
 * Offsets are into the text that is given.
 */
final class Decoration {

  private static final String SIGNS = "*_#=~-–—•·>|[]【】";

  private static final String EMPHASIS = "*_";

  private Decoration() {}

  /** Offset of the first character from {@code from} on that is neither blank nor decoration. */
  static int skip(CharSequence text, int from, int to) {
    return skip(text, from, to, SIGNS);
  }

  private static int skip(CharSequence text, int from, int to, String signs) {
    int at = from;
    while (at < to) {
      if (isBlank(text.charAt(at)) || signs.indexOf(text.charAt(at)) >= 0) {
        at++;
      } else {
        int behind = behindTag(text, at, to);
        if (behind == at) {
          return at;
        }
        at = behind;
      }
    }
    return at;
  }

  /** Offset behind the last character that is neither blank nor decoration. */
  static int trim(CharSequence text, int from, int to) {
    int end = to;
    while (end > from) {
      char last = text.charAt(end - 1);
      if (isBlank(last) || SIGNS.indexOf(last) >= 0) {
        end--;
      } else if (last == '>') {
        int open = open(text, from, end);
        if (open < 0) {
          return end;
        }
        end = open;
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

  /** Blanks, and signs of emphasis that are closed behind a heading. */
  static int skipBehind(CharSequence text, int from, int to) {
    return skip(text, from, to, EMPHASIS);
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
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  /** Behind a tag as {@code <b>} or {@code </strong>}; {@code at} where none begins there. */
  private static int behindTag(CharSequence text, int at, int to) {
    if (text.charAt(at) != '<') {
      return at;
    }
    int end = at + 1;
    while (end < to && end < at + 10 && isTagLetter(text.charAt(end))) {
      end++;
    }
    return end > at + 1 && end < to && text.charAt(end) == '>' ? end + 1 : at;
  }

  private static int open(CharSequence text, int from, int end) {
    int at = end - 2;
    while (at >= from && at > end - 11 && isTagLetter(text.charAt(at))) {
      at--;
    }
    return at >= from && at < end - 2 && text.charAt(at) == '<' ? at : -1;
  }

  private static boolean isTagLetter(char c) {
    return c == '/' || Character.isLetterOrDigit(c);
  }
}
