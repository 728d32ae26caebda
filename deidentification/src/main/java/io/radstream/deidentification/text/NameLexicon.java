package io.radstream.deidentification.text;

import java.util.Locale;
import java.util.Set;

/**
 * Words around and within names.
 *
 * @param titles before or behind a name
 * @param particles within one
 * @param credentials behind one
 * @param words that are names and words of the language or of medicine
 */
record NameLexicon(
    Set<String> titles, Set<String> particles, Set<String> credentials, Set<String> words) {

  /** Shorter names are too likely a word or an abbreviation. */
  private static final int SHORT = 3;

  static NameLexicon read() {
    return new NameLexicon(
        WordList.words("titles.txt"),
        WordList.words("particles.txt"),
        WordList.words("credentials.txt"),
        WordList.words("words.txt"));
  }

  boolean isTitle(String word) {
    return titles.contains(word.toLowerCase(Locale.ROOT));
  }

  boolean isParticle(String word) {
    return particles.contains(word.toLowerCase(Locale.ROOT));
  }

  boolean isCredential(String word) {
    return credentials.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Whether a name is taken for one only where the text shows it. */
  boolean isDoubtful(String form) {
    return form.length() <= SHORT || words.contains(form);
  }
}
