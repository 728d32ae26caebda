package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a report.
 *
 * @param begin its offset in the report
 * @param text without its end
 * @param follows whether the line above it is not blank
 */
record Line(int begin, String text, boolean follows) {

  private static final Pattern END = Pattern.compile("\\R");

  private static final int LONGEST_WORD = 100;
  private static final String COLONS = ":\uFF1A\uFE55\u2236";

  /** Of Chinese and Japanese: no blank follows. */
  private static final String FULL_STOPS = "\u3002\uFF01\uFF1F\uFF1B";

  static List<Line> of(String report) {
    List<Line> lines = new ArrayList<>();
    Matcher end = END.matcher(report);
    int begin = 0;
    boolean follows = false;
    while (end.find()) {
      Line line = new Line(begin, report.substring(begin, end.start()), follows);
      lines.add(line);
      follows = !line.isBlank();
      begin = end.end();
    }
    lines.add(new Line(begin, report.substring(begin), follows));
    return lines;
  }

  boolean isBlank() {
    return text.chars().allMatch(c -> Decoration.isBlank((char) c));
  }

  /** Whether its last sentence ends with it. */
  boolean isEnded() {
    int end = text.length();
    while (end > 0 && Decoration.isBlank(text.charAt(end - 1))) {
      end--;
    }
    return end > 0 && ".!?:)]。".indexOf(text.charAt(end - 1)) >= 0;
  }

  /** Whether it is an item of a list. */
  boolean isItem() {
    int at = 0;
    while (at < text.length() && Decoration.isBlank(text.charAt(at))) {
      at++;
    }
    boolean bullet =
        at + 1 < text.length()
            && "-*+•·–—".indexOf(text.charAt(at)) >= 0
            && Decoration.isBlank(text.charAt(at + 1));
    return bullet || Decoration.skipNumber(text, at, text.length()) > at;
  }

  /** Where the word begins that ends before {@code end}; -1 where there is none. */
  int wordBegin(int from, int end) {
    int at = end;
    while (at > from && Decoration.isBlank(text.charAt(at - 1))) {
      at--;
    }
    int last = at;
    while (at > from && last - at <= LONGEST_WORD && !isBetweenWords(text.charAt(at - 1))) {
      at--;
    }
    return at < last ? at : -1;
  }

  private static boolean isBetweenWords(char c) {
    return Decoration.isBlank(c) || FULL_STOPS.indexOf(c) >= 0;
  }

  /** Whether only blanks stand between a sentence and this place. */
  boolean isBehindSentence(int at) {
    int end = at;
    while (end > 0 && at - end < 8 && Decoration.isBlank(text.charAt(end - 1))) {
      end--;
    }
    boolean behindBlank = end < at && end > 0 && ".!?;:)]".indexOf(text.charAt(end - 1)) >= 0;
    return behindBlank || (end > 0 && FULL_STOPS.indexOf(text.charAt(end - 1)) >= 0);
  }

  /** Whether a sentence ends in between; the point of "A.M." or "p.a." ends none. */
  boolean hasSentenceEnd(int from, int to) {
    for (int at = from; at + 1 < to; at++) {
      if (".!?;".indexOf(text.charAt(at)) >= 0
          && Decoration.isBlank(text.charAt(at + 1))
          && !isInitial(at - 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInitial(int at) {
    return at >= 0
        && Character.isLetter(text.charAt(at))
        && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
  }

  /** The next colon that is not part of a time; -1 where there is none. */
  int colon(int from, int to) {
    for (int at = from; at < to; at++) {
      if (isColon(text.charAt(at)) && !isWithinNumber(at)) {
        return at;
      }
    }
    return -1;
  }

  static boolean isColon(char c) {
    return COLONS.indexOf(c) >= 0;
  }

  private boolean isWithinNumber(int at) {
    return at > 0
        && at + 1 < text.length()
        && Character.isDigit(text.charAt(at - 1))
        && Character.isDigit(text.charAt(at + 1));
  }
}
