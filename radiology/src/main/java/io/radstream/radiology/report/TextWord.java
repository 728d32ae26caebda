package io.radstream.radiology.report;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of letters and digits in a text.
 *
 * @param start place of its first character
 * @param written as it stands there, with soft hyphens and combining accents
 * @param lower the same in lower case
 * @param folded in lower case without accents, soft hyphens and ligatures
 * @param begins whether a mark stands before it that ends a sentence or a part of one
 * @param after the character behind it; a space at the end of the text
 */
record TextWord(
    int start, String written, String lower, String folded, boolean begins, char after) {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{Cf}\\p{N}]+");
  private static final Pattern MARK = Pattern.compile("[.;:!?]");
  private static final Pattern DROPPED = Pattern.compile("[\\p{M}\\p{Cf}]+");
  private static final Pattern NUMBER = Pattern.compile("\\p{N}+");

  static List<TextWord> of(String text) {
    List<TextWord> words = new ArrayList<>();
    Matcher found = WORD.matcher(text);
    int before = 0;
    while (found.find()) {
      boolean begins = MARK.matcher(text).region(before, found.start()).find();
      TextWord word = of(text, found.start(), found.end(), begins);
      if (!word.folded.isEmpty()) {
        words.add(word);
      }
      before = found.end();
    }
    return List.copyOf(words);
  }

  private static TextWord of(String text, int start, int end, boolean begins) {
    String written = text.substring(start, end);
    char after = end < text.length() ? text.charAt(end) : ' ';
    return of(start, written, begins, after);
  }

  private static TextWord of(int start, String written, boolean begins, char after) {
    return new TextWord(
        start, written, written.toLowerCase(Locale.ROOT), fold(written), begins, after);
  }

  private static String fold(String written) {
    String plain = Normalizer.normalize(written, Normalizer.Form.NFKD);
    return DROPPED
        .matcher(plain)
        .replaceAll("")
        .toLowerCase(Locale.ROOT)
        .replace("œ", "oe")
        .replace("æ", "ae")
        .replace("ß", "ss")
        .replace("ø", "o")
        .replace("ł", "l")
        .replace("ı", "i");
  }

  int end() {
    return start + written.length();
  }

  boolean isNumber() {
    return NUMBER.matcher(folded).matches();
  }

  boolean hasDigit() {
    return NUMBER.matcher(folded).find();
  }

  /** Its letters alone, where digits stand beside them. */
  TextWord letters() {
    return of(start, NUMBER.matcher(written).replaceAll(""), begins, after);
  }

  /** Another word in its place. */
  TextWord as(String other) {
    return of(start, other, begins, after);
  }

  /** Whether it is a letter before an apostrophe. */
  boolean isElided() {
    return isLetter() && "'’ʼ".indexOf(after) >= 0;
  }

  boolean isLetter() {
    return folded.length() == 1;
  }

  /** Whether it is in capitals, but for a plural's last letter. */
  boolean isCapitals() {
    return written.length() > 1
        && written.substring(0, 2).chars().allMatch(Character::isUpperCase)
        && written
            .substring(2, Math.max(2, written.length() - 1))
            .chars()
            .allMatch(Character::isUpperCase);
  }

  /** As a name is written. */
  boolean isTitle() {
    return written.length() > 1
        && Character.isUpperCase(written.charAt(0))
        && !SideExchanges.hasCapital(written.substring(1));
  }

  /** Whether all of its letters are Latin ones. */
  boolean isLatin() {
    return written
        .codePoints()
        .filter(Character::isLetter)
        .mapToObj(Character.UnicodeScript::of)
        .allMatch(
            script ->
                script == Character.UnicodeScript.LATIN
                    || script == Character.UnicodeScript.COMMON);
  }
}
