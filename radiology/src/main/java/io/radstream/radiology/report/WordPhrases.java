package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Phrases to find in a text. A phrase is written without accents and in lower case; a word of it
 * with a capital is found as it is written only, and one that ends in {@code *} goes on at will; a
 * phrase of one word may begin with {@code *} as well, for what words hold. None goes over the end
 * of a sentence.
 */
final class WordPhrases {

  private record Pattern(String word, boolean begins, boolean asWritten) {

    static Pattern of(String written) {
      boolean begins = written.endsWith("*");
      String word = begins ? written.substring(0, written.length() - 1) : written;
      return new Pattern(word, begins, SideExchanges.hasCapital(word));
    }

    boolean matches(Spelling candidate) {
      if (asWritten) {
        return candidate.written().equals(word);
      }
      return begins ? candidate.folded().startsWith(word) : candidate.folded().equals(word);
    }
  }

  /** By their first word in small letters, longest first. */
  private final Map<String, List<List<Pattern>>> byWord = new HashMap<>();

  /** Those of which the first word goes on at will, by its first letter, longest first. */
  private final Map<Character, List<List<Pattern>>> byInitial = new HashMap<>();

  private final List<String> within;

  WordPhrases(List<String> phrases) {
    this.within =
        phrases.stream()
            .filter(phrase -> phrase.startsWith("*"))
            .map(phrase -> phrase.replace("*", ""))
            .toList();
    phrases.stream()
        .filter(phrase -> !phrase.startsWith("*"))
        .map(phrase -> Arrays.stream(phrase.split(" ", -1)).map(Pattern::of).toList())
        .sorted(Comparator.comparingInt(phrase -> -phrase.size()))
        .forEach(this::add);
  }

  private void add(List<Pattern> phrase) {
    String first = Spelling.of(phrase.get(0).word()).folded();
    if (phrase.get(0).begins()) {
      byInitial.computeIfAbsent(first.charAt(0), letter -> new ArrayList<>()).add(phrase);
    } else {
      byWord.computeIfAbsent(first, word -> new ArrayList<>()).add(phrase);
    }
  }

  /** Words of the longest phrase that begins there; 0 where none does. */
  int lengthAt(List<TextWord> words, int place) {
    String word = words.get(place).folded();
    int longest =
        Math.max(
            longestAt(byWord.getOrDefault(word, List.of()), words, place),
            longestAt(byInitial.getOrDefault(word.charAt(0), List.of()), words, place));
    if (longest > 0) {
      return longest;
    }
    for (String part : within) {
      if (word.contains(part)) {
        return 1;
      }
    }
    return 0;
  }

  private static int longestAt(List<List<Pattern>> longestFirst, List<TextWord> words, int place) {
    // No stream: this is asked of each word of each report many times.
    for (List<Pattern> phrase : longestFirst) {
      if (isAt(phrase, words, place)) {
        return phrase.size();
      }
    }
    return 0;
  }

  /** Whether the word is one of them by itself. */
  boolean has(Spelling word) {
    return isAny(word, phrase -> phrase.size() == 1);
  }

  /** Whether one of them begins with the word; where none does, none need be looked for. */
  boolean mayBeginWith(Spelling word) {
    return isAny(word, phrase -> true);
  }

  private boolean isAny(Spelling word, Predicate<List<Pattern>> isMeant) {
    String folded = word.folded();
    return Stream.concat(
                byWord.getOrDefault(folded, List.of()).stream(),
                byInitial.getOrDefault(folded.charAt(0), List.of()).stream())
            .anyMatch(phrase -> isMeant.test(phrase) && phrase.get(0).matches(word))
        || within.stream().anyMatch(folded::contains);
  }

  private static boolean isAt(List<Pattern> phrase, List<TextWord> words, int place) {
    if (place + phrase.size() > words.size()) {
      return false;
    }
    for (int i = 0; i < phrase.size(); i++) {
      TextWord word = words.get(place + i);
      if (!phrase.get(i).matches(word.spelling()) || (i > 0 && word.begins())) {
        return false;
      }
    }
    return true;
  }
}
