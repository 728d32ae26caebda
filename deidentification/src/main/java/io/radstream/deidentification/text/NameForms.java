package io.radstream.deidentification.text;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The ways in which a word of a name may be written, as keys to look it up by. */
final class NameForms {

  private static final Pattern MARKS = Pattern.compile("[\\p{M}\\p{Cf}']+");
  private static final int LONG_ENOUGH = 5;

  private NameForms() {}

  /** Without accents, and with umlauts as two letters. */
  static Set<String> of(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      return new HashSet<>(List.of(lower));
    }
    return new HashSet<>(List.of(plain(lower), plain(spelled(lower))));
  }

  /** Of a name as the header writes it: also with umlauts that it spells with two letters. */
  static Set<String> ofName(String word) {
    Set<String> forms = of(word);
    String plain = plain(word.toLowerCase(Locale.ROOT));
    String contracted = plain.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    if (contracted.length() >= LONG_ENOUGH) {
      forms.add(contracted);
    }
    return forms;
  }

  /** Of a word in a text: also without the ending of a genitive or plural. */
  static Set<String> ofText(String word) {
    Set<String> forms = of(word);
    if (word.endsWith("'s") || word.endsWith("'S")) {
      forms.addAll(of(word.substring(0, word.length() - 2)));
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.endsWith("s") && word.length() >= LONG_ENOUGH) {
      forms.addAll(of(word.substring(0, word.length() - 1)));
    }
    return forms;
  }

  private static String spelled(String lower) {
    String composed = Normalizer.normalize(lower, Normalizer.Form.NFC);
    return composed
        .replace("\u00E4", "ae")
        .replace("\u00F6", "oe")
        .replace("\u00FC", "ue")
        .replace("\u00E5", "aa")
        .replace("\u00F8", "oe");
  }

  private static String plain(String lower) {
    String letters =
        lower
            .replace("\u00DF", "ss")
            .replace("\u00E6", "ae")
            .replace("\u0153", "oe")
            .replace('\u00F8', 'o')
            .replace('\u0142', 'l')
            .replace('\u0111', 'd')
            .replace('\u0131', 'i');
    return MARKS.matcher(Normalizer.normalize(letters, Normalizer.Form.NFD)).replaceAll("");
  }
}
