package io.radstream.radiology.report;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A name as it is looked up: without case, accents, soft hyphens, "(s)" and punctuation, words
 * parted by one space and none of them spaced out ("F I N D I N G S").
 *
 * @param shouted whether every letter was a capital
 */
record HeadingName(String key, boolean shouted) {

  private static final int LAST_ASCII = 0x7F;
  private static final Pattern PLURAL = Pattern.compile("\\([sS]\\)");
  private static final Pattern MARKS = Pattern.compile("[\\p{M}\\p{Cf}]+");
  private static final Pattern SPACED_OUT = Pattern.compile("\\p{L}(?: \\p{L}){3,}+");

  static HeadingName of(String text) {
    String plain = text.indexOf('(') < 0 ? text : PLURAL.matcher(text).replaceAll("");
    String letters = isAscii(plain) ? plain : withoutMarks(plain);
    String key = words(letters.toLowerCase(Locale.ROOT));
    boolean spacedOut = SPACED_OUT.matcher(key).matches();
    return new HeadingName(spacedOut ? key.replace(" ", "") : key, isShouted(letters));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c <= LAST_ASCII);
  }

  private static String withoutMarks(String text) {
    return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
  }

  /** Runs of letters and numbers, with one space between them. */
  private static String words(String text) {
    StringBuilder words = new StringBuilder(text.length());
    boolean between = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int letter = text.codePointAt(i);
      if (!isOfWord(letter)) {
        between = words.length() > 0;
      } else {
        words.append(between ? " " : "").appendCodePoint(letter);
        between = false;
      }
    }
    return words.toString();
  }

  private static boolean isOfWord(int letter) {
    return Character.isLetterOrDigit(letter)
        || Character.getType(letter) == Character.LETTER_NUMBER
        || Character.getType(letter) == Character.OTHER_NUMBER;
  }

  private static boolean isShouted(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(Character::isLowerCase);
  }

  /** Words that have a letter: numbers, dates and times tell nothing. */
  List<String> words() {
    return Arrays.stream(key.split(" "))
        .filter(word -> word.codePoints().anyMatch(Character::isLetter))
        .toList();
  }
}
