package io.radstream.radiology.report;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A run of letters and digits.
 *
 * @param written as it stands in a text, with soft hyphens and combining accents
 * @param lower the same in lower case
 * @param folded in lower case without accents, soft hyphens and ligatures
 */
record Spelling(String written, String lower, String folded) {

  private static final Pattern DROPPED = Pattern.compile("[\\p{M}\\p{Cf}]+");
  private static final Pattern NUMBER = Pattern.compile("\\p{N}+");

  static Spelling of(String written) {
    return new Spelling(written, written.toLowerCase(Locale.ROOT), fold(written));
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

  boolean isNumber() {
    return NUMBER.matcher(folded).matches();
  }

  boolean hasDigit() {
    return NUMBER.matcher(folded).find();
  }

  /** Its letters alone, where digits stand beside them. */
  Spelling letters() {
    return of(NUMBER.matcher(written).replaceAll(""));
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
