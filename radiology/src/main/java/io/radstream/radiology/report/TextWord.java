package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of letters and digits in a text.
 *
 * @param start place of its first character
 * @param facts what it is, wherever it stands
 * @param begins whether a mark stands before it that ends a sentence or a part of one
 * @param after the character behind it; a space at the end of the text
 */
record TextWord(int start, WordFacts facts, boolean begins, char after) {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{Cf}\\p{N}]+");
  private static final String MARKS = ".;:!?";

  static List<TextWord> of(String text, Lexicon lexicon) {
    List<TextWord> words = new ArrayList<>();
    Matcher found = WORD.matcher(text);
    int before = 0;
    while (found.find()) {
      boolean begins = hasMark(text, before, found.start());
      char after = found.end() < text.length() ? text.charAt(found.end()) : ' ';
      WordFacts facts = lexicon.of(text.substring(found.start(), found.end()));
      if (!facts.spelling().folded().isEmpty()) {
        words.add(new TextWord(found.start(), facts, begins, after));
      }
      before = found.end();
    }
    return List.copyOf(words);
  }

  private static boolean hasMark(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (MARKS.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  Spelling spelling() {
    return facts.spelling();
  }

  String written() {
    return spelling().written();
  }

  String lower() {
    return spelling().lower();
  }

  String folded() {
    return spelling().folded();
  }

  int end() {
    return start + written().length();
  }

  /** Another word in its place. */
  TextWord as(WordFacts other) {
    return new TextWord(start, other, begins, after);
  }

  /** Whether it is a letter before an apostrophe. */
  boolean isElided() {
    return spelling().isLetter() && "'’ʼ".indexOf(after) >= 0;
  }
}
