package io.radstream.deidentification.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A text as the finders see it: character for character the original, but with one sort of space,
 * hyphen, apostrophe, digit and width.
 */
final class ReportText {

  /** Letters and marks as wide as ideographs, in the order of ASCII. */
  private static final char FULL_WIDTH = '\uFF00';

  private static final char LAST_FULL_WIDTH = '\uFF5E';

  private static final int FEW_LETTERS = 10;
  private static final double MOSTLY = 0.9;

  private final String original;
  private final String folded;
  private final List<Word> words;
  private final boolean capitals;

  ReportText(String original) {
    this.original = original;
    this.folded = fold(original);
    this.words = split(folded);
    this.capitals = inCapitals(folded);
  }

  String original() {
    return original;
  }

  /** Of the same length. */
  String folded() {
    return folded;
  }

  List<Word> words() {
    return words;
  }

  /** Whether it is all in capitals, so that they say nothing of a word. */
  boolean capitals() {
    return capitals;
  }

  /** Whether neither a letter nor a digit touches the place, unless it ends there by itself. */
  boolean standsFree(int start, int end) {
    boolean before =
        start == 0
            || start == folded.length()
            || !isPart(folded.charAt(start - 1))
            || !isPart(folded.charAt(start));
    boolean after =
        end == 0
            || end == folded.length()
            || !isPart(folded.charAt(end))
            || !isPart(folded.charAt(end - 1));
    return before && after;
  }

  /** What stands between two places. */
  String between(int from, int to) {
    return folded.substring(from, to);
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      folded.append(fold(text.charAt(i)));
    }
    return folded.toString();
  }

  private static char fold(char c) {
    if (Character.isDigit(c)) {
      return (char) ('0' + Character.digit(c, 10));
    }
    if (c == '\t' || Character.getType(c) == Character.SPACE_SEPARATOR) {
      return ' ';
    }
    if (c > FULL_WIDTH && c <= LAST_FULL_WIDTH) {
      return fold((char) (c - FULL_WIDTH + ' '));
    }
    return switch (c) {
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\uFE63' -> '-';
      case '\u2018', '\u2019', '\u02BC', '\u00B4', '`', '\u02B9', '\u2032' -> '\'';
      default -> c;
    };
  }

  private static List<Word> split(String text) {
    List<Word> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && isInWord(text, i, start);
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        words.add(new Word(start, i, text.substring(start, i)));
        start = -1;
      }
    }
    return List.copyOf(words);
  }

  private static boolean isInWord(String text, int i, int start) {
    char c = text.charAt(i);
    if (Character.isLetter(c)) {
      return true;
    }
    int type = Character.getType(c);
    boolean joins = type == Character.FORMAT || c == '\'';
    boolean letterFollows = i + 1 < text.length() && Character.isLetter(text.charAt(i + 1));
    return start >= 0 && (type == Character.NON_SPACING_MARK || (joins && letterFollows));
  }

  private static boolean inCapitals(String text) {
    long upper = text.chars().filter(Character::isUpperCase).count();
    long lower = text.chars().filter(Character::isLowerCase).count();
    return upper >= FEW_LETTERS && upper >= MOSTLY * (upper + lower);
  }
}
