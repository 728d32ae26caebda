package io.radstream.radiology.report;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What may name a side of one language and is not in its tables: a slip of the pen in a word for
 * one, or an abbreviation of it. A text that holds it is not understood. Other words that are as
 * near are listed in the tables.
 */
final class SideSlips {

  /** Shorter words are near too many others. */
  private static final int SHORTEST = 4;

  /** As many letters are not at one another's place by chance, whatever the first one is. */
  private static final int LONG = 7;

  private static final int LONGEST_ABBREVIATION = 5;

  /** No vowel behind the first letter, so that it is no word: "lul", "rhs", "dx". */
  private static final Pattern CONSONANTS = Pattern.compile(".[b-df-hj-np-tv-xz]{1,4}");

  private final List<String> words;
  private final Set<String> beginnings;
  private final Set<String> abbreviations;
  private final Set<String> initials;

  /**
   * @param words written in full
   * @param beginnings of words
   * @param abbreviations known ones
   * @param initials of words that are abbreviated
   */
  SideSlips(
      Collection<String> words,
      Collection<String> beginnings,
      Collection<String> abbreviations,
      Set<String> initials) {
    this.words = List.copyOf(longOnes(words));
    this.beginnings = longOnes(beginnings);
    this.abbreviations = longOnes(abbreviations);
    this.initials = initials;
  }

  private static Set<String> longOnes(Collection<String> words) {
    return words.stream()
        .filter(word -> word.length() >= SHORTEST)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it is one letter away from a word, which seldom happens by chance. */
  boolean isNear(String folded) {
    if (folded.length() < SHORTEST - 1) {
      return false;
    }
    // No stream: this is asked of each word of each report many times.
    for (String side : words) {
      if (Misspelling.isOneSlip(side, folded)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text of the language may mean a side by it. */
  boolean has(String folded) {
    return isNear(folded) || isFar(folded) || isAbbreviation(folded);
  }

  /** Whether a side may be meant by the letter alone. */
  boolean isInitial(String letter) {
    return initials.contains(letter);
  }

  private boolean isFar(String folded) {
    return folded.length() >= SHORTEST
        && (words.stream().anyMatch(side -> isFar(side, folded))
            || beginnings.stream().anyMatch(side -> beginsLike(side, folded))
            || abbreviations.stream()
                .anyMatch(
                    side -> sameInitial(side, folded) && Misspelling.isOneSlip(side, folded)));
  }

  /** The first letter is seldom wrong, but may have changed places or have one before it. */
  private static boolean isFar(String side, String folded) {
    return (side.length() >= LONG || folded.lastIndexOf(side.charAt(0), 1) >= 0)
        && slips(side, folded) <= 2;
  }

  private static boolean beginsLike(String side, String folded) {
    int allowed = side.length() >= LONG ? 2 : 1;
    for (int end = side.length() - 1; end <= side.length() + 1 && end < folded.length(); end++) {
      if (sameInitial(side, folded) && slips(side, folded.substring(0, end)) <= allowed) {
        return true;
      }
    }
    return false;
  }

  private static int slips(String side, String folded) {
    return Misspelling.slips(side, folded);
  }

  private static boolean sameInitial(String side, String folded) {
    return side.charAt(0) == folded.charAt(0);
  }

  private boolean isAbbreviation(String folded) {
    return folded.length() > 1
        && folded.length() <= LONGEST_ABBREVIATION
        && initials.contains(folded.substring(0, 1))
        && (CONSONANTS.matcher(folded).matches()
            || words.stream().anyMatch(side -> sameInitial(side, folded) && holds(side, folded)));
  }

  /** Whether all letters are in the word, in their order. */
  private static boolean holds(String side, String folded) {
    int found = 0;
    for (int i = 0; i < side.length() && found < folded.length(); i++) {
      found += side.charAt(i) == folded.charAt(found) ? 1 : 0;
    }
    return found == folded.length();
  }
}
