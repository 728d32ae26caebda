package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    boolean matches(TextWord candidate) {
      if (asWritten) {
        return candidate.written().equals(word);
      }
      return begins ? candidate.folded().startsWith(word) : candidate.folded().equals(word);
    }
  }

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
        .forEach(phrase -> byInitial.computeIfAbsent(initial(phrase), c -> list()).add(phrase));
  }

  private static List<List<Pattern>> list() {
    return new ArrayList<>();
  }

  private static char initial(List<Pattern> phrase) {
    return Character.toLowerCase(phrase.get(0).word().charAt(0));
  }

  /** Words of the longest phrase that begins there; 0 where none does. */
  int lengthAt(List<TextWord> words, int place) {
    String word = words.get(place).folded();
    // No streams: this is asked of each word of each report many times.
    for (List<Pattern> phrase : byInitial.getOrDefault(word.charAt(0), List.of())) {
      if (isAt(phrase, words, place)) {
        return phrase.size();
      }
    }
    for (String part : within) {
      if (word.contains(part)) {
        return 1;
      }
    }
    return 0;
  }

  /** Whether the word is one of them by itself. */
  boolean has(TextWord word) {
    return lengthAt(List.of(word), 0) == 1;
  }

  private static boolean isAt(List<Pattern> phrase, List<TextWord> words, int place) {
    if (place + phrase.size() > words.size()) {
      return false;
    }
    for (int i = 0; i < phrase.size(); i++) {
      TextWord word = words.get(place + i);
      if (!phrase.get(i).matches(word) || (i > 0 && word.begins())) {
        return false;
      }
    }
    return true;
  }
}
