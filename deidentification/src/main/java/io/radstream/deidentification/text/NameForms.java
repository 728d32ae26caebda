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
  private static final int LONG_STEM = 4;

  /** What German and the Slavic languages in Cyrillic put behind a name. */
  private static final Pattern ENDING =
      Pattern.compile(
          "(?:ens|'?sche[nmrs]?|(?<=\\p{IsCyrillic})(?:[\\x{430}\\x{443}\\x{435}\\x{44b}\\x{44f}\\x{44e}]"
              + "|\\x{43e}[\\x{43c}\\x{439}]|[\\x{44b}\\x{435}]\\x{43c}|\\x{44b}\\x{43c}\\x{438}))$");

  private static final Pattern ELIDED = Pattern.compile("^(?:d|l|o|dell|dall)'");

  /** What stands for one letter with a mark. */
  private static final List<List<String>> SPELLED =
      List.of(
          List.of("ae", "a"),
          List.of("oe", "o"),
          List.of("ue", "u"),
          List.of("aa", "a"),
          List.of("dj", "d"),
          List.of("sz", "ss"));

  private NameForms() {}

  /** Without accents, and with umlauts as two letters. */
  static Set<String> of(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      return new HashSet<>(List.of(lower));
    }
    String alike = LookAlikes.inLatin(lower);
    return new HashSet<>(List.of(plain(alike), plain(spelled(alike)), plain(doubled(alike))));
  }

  /** Of a name as the header writes it: also with umlauts that it spells with two letters. */
  static Set<String> ofName(String word) {
    Set<String> forms = of(word);
    String plain = plain(word.toLowerCase(Locale.ROOT));
    addContracted(forms);
    String lower = word.toLowerCase(Locale.ROOT);
    addStem(ELIDED.matcher(lower).replaceFirst(""), forms);
    if (lower.endsWith("\u0430")) {
      addStem(lower.substring(0, lower.length() - 1), forms);
    }
    if (plain.startsWith("mac")) {
      addStem("mc" + plain.substring(3), forms);
    } else if (plain.startsWith("mc")) {
      addStem("mac" + plain.substring(2), forms);
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
    addStem(ENDING.matcher(lower).replaceFirst(""), forms);
    addStem(ELIDED.matcher(lower).replaceFirst(""), forms);
    addContracted(forms);
    return forms;
  }

  /** One letter for the two of a writing without marks, as Ostergard for Oestergaard. */
  private static void addContracted(Set<String> forms) {
    for (String form : List.copyOf(forms)) {
      String contracted = form;
      for (List<String> letters : SPELLED) {
        contracted = contracted.replace(letters.get(0), letters.get(1));
      }
      if (contracted.length() >= LONG_ENOUGH) {
        forms.add(contracted);
      }
    }
  }

  private static void addStem(String stem, Set<String> forms) {
    if (stem.length() >= LONG_STEM) {
      forms.addAll(of(stem));
    }
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

  /** As they are written where neither the letter nor its umlaut is at hand. */
  private static String doubled(String lower) {
    return Normalizer.normalize(lower, Normalizer.Form.NFC)
        .replace("\u00E5", "aa")
        .replace("\u0111", "dj")
        .replace("\u00F0", "d")
        .replace("\u00DF", "sz");
  }

  private static String plain(String lower) {
    String letters =
        lower
            .replace("\u00DF", "ss")
            .replace("\u00E6", "ae")
            .replace("\u0153", "oe")
            .replace("\u00FE", "th")
            .replace('\u00F0', 'd')
            .replace('\u00F8', 'o')
            .replace('\u0142', 'l')
            .replace('\u0111', 'd')
            .replace('\u0131', 'i');
    return MARKS.matcher(Normalizer.normalize(letters, Normalizer.Form.NFKD)).replaceAll("");
  }
}
