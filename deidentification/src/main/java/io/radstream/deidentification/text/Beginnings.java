package io.radstream.deidentification.text;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * With which characters a match of an expression can begin. Most expressions begin with few, so
 * that a look at one character spares the search at most places of a text.
 */
final class Beginnings {

  private static final int ASCII = 128;

  private final BitSet ascii;

  private Beginnings(BitSet ascii) {
    this.ascii = ascii;
  }

  /**
   * @param pattern that looks at nothing before its match
   */
  static Beginnings of(Pattern pattern) {
    BitSet ascii = new BitSet(ASCII);
    for (char letter = 0; letter < ASCII; letter++) {
      Matcher matcher = pattern.matcher(String.valueOf(letter));
      // Whoever wants more characters than this one has taken this one.
      ascii.set(letter, matcher.lookingAt() || matcher.hitEnd());
    }
    return new Beginnings(ascii);
  }

  /** Whether a match may begin with this; of characters beyond ASCII any may. */
  boolean have(char letter) {
    return letter >= ASCII || ascii.get(letter);
  }
}
