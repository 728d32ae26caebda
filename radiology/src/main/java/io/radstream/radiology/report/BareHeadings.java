package io.radstream.radiology.report;

import java.util.Optional;

/**
 * Headings at the start of a line that have neither a colon nor the line to themselves: in a box
 * ("【所見】 ...", "**Findings** ...") or before a dash, a point, a tab or a sentence ("IMPRESSION -
 * ...").
 */
final class BareHeadings {

  /** Longest name, in characters. */
  private static final int LONGEST = 60;

  private BareHeadings() {}

  /**
   * @param from behind the decoration that the line begins with
   */
  static Optional<LineHeading> in(String line, int from, int to) {
    return boxed(line, from, to)
        .or(() -> beforeSign(line, from, to))
        .or(() -> beforeSentence(line, from, to));
  }

  private static Optional<LineHeading> boxed(String line, int from, int to) {
    int begin = inBox(line, from, to);
    if (begin < 0) {
      return Optional.empty();
    }
    int end = begin;
    while (end < to && end - begin <= LONGEST && !Decoration.closes(line.charAt(end))) {
      if (Line.isColon(line.charAt(end))) {
        return Optional.empty();
      }
      end++;
    }
    if (end == to || end - begin > LONGEST) {
      return Optional.empty();
    }
    int last = end;
    int behind = end;
    while (behind < to && Decoration.closes(line.charAt(behind)) && line.charAt(behind) != '<') {
      behind++;
    }
    int text = behindColon(line, behind, to);
    return HeadingNames.known()
        .boxed(HeadingName.of(line.substring(begin, end)), line.substring(0, begin).contains("【"))
        .map(role -> new LineHeading(begin, last, role, text));
  }

  /** Where a name begins in a box; -1 where there is none. A bullet is no box. */
  private static int inBox(String line, int from, int to) {
    if (from < to && Decoration.opens(line.charAt(from))) {
      return from + 1;
    }
    int open = from - 1;
    while (open >= 0 && Decoration.isBlank(line.charAt(open))) {
      open--;
    }
    boolean box =
        open >= 0
            && Decoration.opens(line.charAt(open))
            && (open == from - 1 || "*_>".indexOf(line.charAt(open)) < 0);
    return box ? from : -1;
  }

  private static int behindColon(String line, int from, int to) {
    int at = Decoration.skipBehind(line, from, to);
    return at < to && Line.isColon(line.charAt(at)) ? Decoration.skipBehind(line, at, to) : at;
  }

  private static Optional<LineHeading> beforeSign(String line, int from, int to) {
    int end = from;
    while (end < to && end - from <= LONGEST && isOfName(line, end, to)) {
      end++;
    }
    int sign = end;
    while (sign < to && Decoration.isBlank(line.charAt(sign)) && line.charAt(sign) != '\t') {
      sign++;
    }
    if (end == from || sign == to || end - from > LONGEST) {
      return Optional.empty();
    }
    char c = line.charAt(sign);
    int behind = behindSigns(line, sign, to);
    if (behind == to || Line.isColon(line.charAt(behind))) {
      return Optional.empty();
    }
    HeadingName name = HeadingName.of(line.substring(from, end));
    int last = end;
    return role(name, c, sign > end)
        .map(role -> new LineHeading(from, last, role, Decoration.skipBehind(line, behind, to)));
  }

  /** Capitals before a sentence that is not: "FINDINGS The lungs ...". */
  private static Optional<LineHeading> beforeSentence(String line, int from, int to) {
    int end = from;
    int at = from;
    while (at < to && end - from <= LONGEST && isShoutedWord(line, at, to)) {
      end = wordEnd(line, at, to);
      at = end;
      while (at < to && Decoration.isBlank(line.charAt(at))) {
        at++;
      }
    }
    if (end == from || !beginsSentence(line, at, to)) {
      return Optional.empty();
    }
    int last = end;
    int behind = at;
    return HeadingNames.known()
        .anywhere(HeadingName.of(line.substring(from, end)))
        .filter(HeadingRole::isKept)
        .map(role -> new LineHeading(from, last, role, behind));
  }

  /** "The lungs", "A line". */
  private static boolean beginsSentence(String line, int at, int to) {
    int second = at + 1 < to && line.charAt(at + 1) == ' ' ? at + 2 : at + 1;
    return second < to
        && Character.isUpperCase(line.charAt(at))
        && Character.isLowerCase(line.charAt(second));
  }

  private static boolean isShoutedWord(String line, int from, int to) {
    int end = wordEnd(line, from, to);
    return end - from > 1
        && line.substring(from, end).chars().allMatch(Character::isUpperCase)
        && (end == to || Decoration.isBlank(line.charAt(end)));
  }

  private static int wordEnd(String line, int from, int to) {
    int end = from;
    while (end < to && Character.isLetter(line.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfName(String line, int at, int to) {
    char c = line.charAt(at);
    return Character.isLetter(c)
        || "/&".indexOf(c) >= 0
        || (c == ' ' && at + 1 < to && isOfWord(line.charAt(at + 1)));
  }

  private static boolean isOfWord(char c) {
    return Character.isLetter(c) || "/&".indexOf(c) >= 0;
  }

  private static int behindSigns(String line, int from, int to) {
    int at = from;
    while (at < to
        && (".;=|>\t".indexOf(line.charAt(at)) >= 0
            || Character.getType(line.charAt(at)) == Character.DASH_PUNCTUATION)) {
      at++;
    }
    int behind = at;
    while (behind < to && Decoration.isBlank(line.charAt(behind))) {
      behind++;
    }
    return at == from ? to : behind;
  }

  /** Only a tab is sure enough a sign for what is left out. */
  private static Optional<HeadingRole> role(HeadingName name, char sign, boolean apart) {
    HeadingNames names = HeadingNames.known();
    if (sign == '\t') {
      return name.shouted() ? names.anywhere(name) : Optional.empty();
    }
    boolean isDash = apart && Character.getType(sign) == Character.DASH_PUNCTUATION;
    return name.shouted() || isDash
        ? names.anywhere(name).or(() -> names.misspelt(name)).filter(HeadingRole::isKept)
        : Optional.empty();
  }
}
