package io.radstream.deidentification.text;

import io.radstream.deidentification.text.NameContext.Match;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A study's own names with an ending of their language (Kowalskiego), or within a longer word
 * (XKowalskiY). Only of long names: what is left of a short one is another word as often as not.
 */
final class InflectedNames {

  private static final int LONG_ENOUGH = 6;

  /** No other word has so long a name within it. */
  private static final int LONG = 8;

  private static final int SHORTEST_STEM = 5;
  private static final int MOST_LOST = 2;
  private static final int LONGEST_ENDING = 4;

  /** Of nouns and adjectives in Polish, Czech, Slovak, Croatian and Russian in Latin letters. */
  private static final Set<String> ENDINGS =
      Set.of(
          "a", "u", "em", "om", "im", "ym", "owi", "owa", "owej", "owie", "ow", "ach", "ami", "ova",
          "ove", "ovou", "ovi", "ovej", "ego", "emu", "ej", "iego", "iemu", "iej", "ich", "imi",
          "ych", "ymi", "eho", "ou", "oj", "ovna", "owna", "nak", "nek");

  private static final int SHORT_ENDING = 2;

  private static final Pattern LAST_VOWEL = Pattern.compile("[aeiouy]$");

  private final Set<String> whole = new HashSet<>();
  private final Set<String> stems = new HashSet<>();
  private final Set<String> cut = new HashSet<>();

  InflectedNames(PersonNames names) {
    for (String name : names.sure()) {
      if (name.length() >= LONG_ENOUGH) {
        whole.add(name);
        stems.add(name);
        stems.add(LAST_VOWEL.matcher(name).replaceFirst(""));
        for (int lost = 1; lost <= MOST_LOST && name.length() - lost >= SHORTEST_STEM; lost++) {
          cut.add(name.substring(0, name.length() - lost));
        }
      }
    }
  }

  /** Of a word that is none of the names itself. */
  Match match(String word) {
    if (whole.isEmpty() || word.length() < LONG_ENOUGH) {
      return Match.NONE;
    }
    Match best = Match.NONE;
    for (String form : NameForms.of(word)) {
      for (Match match : List.of(ending(word, form), within(word, form))) {
        best = match.compareTo(best) > 0 ? match : best;
      }
    }
    return best;
  }

  private Match ending(String word, String form) {
    Match match = Match.NONE;
    int longest = Math.min(LONGEST_ENDING, form.length() - SHORTEST_STEM);
    for (int length = 0; length <= longest; length++) {
      String stem = form.substring(0, form.length() - length);
      String ending = form.substring(form.length() - length);
      boolean plain = length > SHORT_ENDING || Character.isUpperCase(word.charAt(0));
      if (plain && stems.contains(stem) && ENDINGS.contains(ending)) {
        return Match.SURE;
      }
      if (stems.contains(stem) || cut.contains(stem)) {
        match = Match.DOUBTFUL;
      }
    }
    return match;
  }

  private Match within(String word, String form) {
    for (String name : whole) {
      if (form.length() > name.length() && form.contains(name)) {
        boolean sure = name.length() >= LONG || isSetApart(word, name);
        return sure ? Match.SURE : Match.DOUBTFUL;
      }
    }
    return Match.NONE;
  }

  /** Whether capitals set the name apart from what it is joined to. */
  private static boolean isSetApart(String word, String name) {
    int start = word.toLowerCase(Locale.ROOT).indexOf(name);
    int end = start + name.length();
    return start >= 0
        && end <= word.length()
        && Character.isUpperCase(word.charAt(start))
        && Character.isLowerCase(word.charAt(start + 1))
        && (start > 0 || Character.isUpperCase(word.charAt(end)));
  }
}
