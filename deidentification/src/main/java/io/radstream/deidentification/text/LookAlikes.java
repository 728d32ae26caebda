package io.radstream.deidentification.text;

import java.lang.Character.UnicodeScript;

/** Letters of other scripts that look like Latin ones, as they come of copying and of scanning. */
final class LookAlikes {

  private static final String OTHERS =
      "\u0430\u0435\u043E\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u043A\u043C\u0442\u0432\u043D"
          + "\u03BF\u03B1\u03B5\u03C1\u03BD\u03BA\u03C4\u03C5\u03B9\u03C7";

  private static final String LATIN = "aeopcyxijskmtbhoaepvktuix";

  private LookAlikes() {}

  /** Where a word has Latin letters too; a word of one script stays. */
  static String inLatin(String word) {
    if (word.codePoints().noneMatch(c -> UnicodeScript.of(c) == UnicodeScript.LATIN)) {
      return word;
    }
    StringBuilder latin = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      int at = OTHERS.indexOf(word.charAt(i));
      latin.append(at < 0 ? word.charAt(i) : LATIN.charAt(at));
    }
    return latin.toString();
  }
}
