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

  private static final Pattern PLURAL = Pattern.compile("\\([sS]\\)");
  private static final Pattern MARKS = Pattern.compile("[\\p{M}\\p{Cf}]+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern SPACED_OUT = Pattern.compile("\\p{L}(?: \\p{L}){3,}+");

  static HeadingName of(String text) {
    String plain = PLURAL.matcher(text).replaceAll("");
    String letters =
        MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD)).replaceAll("");
    String key = NO_WORD.matcher(letters.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    boolean spacedOut = SPACED_OUT.matcher(key).matches();
    return new HeadingName(spacedOut ? key.replace(" ", "") : key, isShouted(letters));
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
