package io.radstream.radiology.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that change places in a mirrored text, each with one other. One with a capital is found as
 * it is written only; one that ends in {@code *} takes along what follows.
 */
final class SideExchanges {

  private static final String BEGINS = "*";

  private final Map<String, String> words = new HashMap<>();
  private final Map<String, String> beginnings = new HashMap<>();
  private final List<String> longestFirst;

  /**
   * @param pairs two words each
   * @param oneWay two words each, of which the first gives the second only
   */
  SideExchanges(List<String> pairs, List<String> oneWay) {
    for (String line : pairs) {
      int space = line.indexOf(' ');
      add(line.substring(0, space), line.substring(space + 1));
      add(line.substring(space + 1), line.substring(0, space));
    }
    for (String line : oneWay) {
      int space = line.indexOf(' ');
      add(line.substring(0, space), line.substring(space + 1));
    }
    this.longestFirst =
        beginnings.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  private void add(String word, String other) {
    boolean begins = word.endsWith(BEGINS);
    String before =
        begins
            ? beginnings.put(word.replace(BEGINS, ""), other.replace(BEGINS, ""))
            : words.put(word, other);
    if (before != null) {
      throw new IllegalStateException("\"%s\" changes places with two words".formatted(word));
    }
  }

  static boolean hasCapital(String word) {
    return word.chars().anyMatch(Character::isUpperCase);
  }

  /** Words of which all that begin with them hold a side. */
  Set<String> beginnings() {
    return beginnings.keySet();
  }

  /** All words and beginnings of words. */
  Set<String> words() {
    return Stream.concat(words.keySet().stream(), beginnings.keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it is one of the words, and not only begins like one. */
  boolean isWhole(String lower) {
    return words.containsKey(lower);
  }

  /** Whether the word holds a side, in whatever case it is written. */
  boolean has(Spelling word) {
    return words.containsKey(word.written()) || find(word).isPresent();
  }

  /** Whether it is one of these in other letters: as "lid" is "LID", which is found in capitals. */
  boolean hasInCapitals(Spelling word) {
    String capitals = word.written().toUpperCase(Locale.ROOT);
    return capitals.length() > 2 && !capitals.equals(word.written()) && words.containsKey(capitals);
  }

  /**
   * The word for the other side, in the same case.
   *
   * @return empty where it is not one of these, or is in no case that could be kept
   */
  Optional<String> of(Spelling word) {
    String capital = hasCapital(word.written()) ? words.get(word.written()) : null;
    return capital != null ? Optional.of(capital) : find(word).flatMap(found -> of(word, found));
  }

  /** What the word, or its beginning, is in the table. */
  private Optional<String> find(Spelling word) {
    String lower = word.lower();
    if (words.containsKey(lower)) {
      return Optional.of(lower);
    }
    // No stream: this is asked of each word of each report many times.
    for (String beginning : longestFirst) {
      if (lower.startsWith(beginning)) {
        return Optional.of(beginning);
      }
    }
    return Optional.empty();
  }

  private Optional<String> of(Spelling word, String found) {
    String other = words.getOrDefault(word.lower(), beginnings.get(found));
    String begin = word.written().substring(0, found.length());
    return inCaseOf(begin, found, other)
        .map(text -> text + word.written().substring(begin.length()));
  }

  private static Optional<String> inCaseOf(String written, String lower, String other) {
    if (written.equals(lower)) {
      return Optional.of(other);
    }
    if (written.equals(title(lower))) {
      return Optional.of(title(other));
    }
    return written.equals(lower.toUpperCase(Locale.ROOT))
        ? Optional.of(other.toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  private static String title(String lower) {
    return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
  }
}
