package io.radstream.radiology.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Exchanges the sides that a text names, so that it tells of the mirrored picture. Works on words,
 * by tables of English, German, Spanish, French, Portuguese and Italian.
 *
 * <p>What is not understood is not mirrored: a text of another language or script, a word that
 * seems to hold a side and is in no table, an abbreviation that means more than one thing, a word
 * whose exchange could not be taken back. Nor is a text that names what only one side has (lingula,
 * middle lobe, a chamber of the heart, stomach, liver, aortic knob): in the mirrored picture that
 * would be a place that no body has, under the same name.
 */
public final class Sides {

  /** One in so many words has to be known, for a text to be of a language. */
  private static final int KNOWN = 3;

  private static final SideTable COMMON = SideTable.load("common");
  private static final List<SideTable> LANGUAGES =
      Stream.of("en", "de", "es", "fr", "pt", "it").map(SideTable::load).toList();

  private final String text;
  private final List<TextWord> words;
  private final SideTable language;

  private Sides(String text, List<TextWord> words, SideTable language) {
    this.text = text;
    this.words = words;
    this.language = language;
  }

  /**
   * The same text about the mirrored study: the same object's content where it names no side.
   * Mirrored again, the result is the text.
   *
   * @return empty where the text cannot be mirrored
   */
  public static Optional<String> mirror(String text) {
    return once(text).filter(mirrored -> once(mirrored).filter(text::equals).isPresent());
  }

  private static Optional<String> once(String text) {
    List<TextWord> words = TextWord.of(text);
    SideTable language = language(words);
    List<TextWord> spoken = words.stream().filter(word -> !word.hasDigit()).toList();
    return language.knows(spoken) * KNOWN < spoken.size()
        ? Optional.empty()
        : new Sides(text, words, language).exchanged();
  }

  /**
   * The same for a name, as of a finding, which is too short to tell its language: where that is
   * open, it is read as English.
   */
  public static Optional<String> mirrorName(String name) {
    return onceName(name).filter(mirrored -> onceName(mirrored).filter(name::equals).isPresent());
  }

  private static Optional<String> onceName(String name) {
    List<TextWord> words = TextWord.of(name);
    return new Sides(name, words, language(words)).exchanged();
  }

  /** That of which most words are; the first of equals. */
  private static SideTable language(List<TextWord> words) {
    // max() gives the last of equals.
    return IntStream.iterate(LANGUAGES.size() - 1, i -> i >= 0, i -> i - 1)
        .mapToObj(LANGUAGES::get)
        .max(Comparator.comparingLong(table -> table.knows(words)))
        .orElseThrow();
  }

  private Optional<String> exchanged() {
    StringBuilder result = new StringBuilder();
    int written = 0;
    int place = 0;
    while (place < words.size()) {
      int plain = plainAt(place);
      if (plain == 0) {
        Optional<String> other = exchanged(place);
        if (other.isEmpty()) {
          return Optional.empty();
        }
        TextWord word = words.get(place);
        result.append(text, written, word.start()).append(other.get());
        written = word.end();
      }
      place += Math.max(1, plain);
    }
    return Optional.of(result.append(text, written, text.length()).toString());
  }

  private int plainAt(int place) {
    return Math.max(language.plain().lengthAt(words, place), COMMON.plain().lengthAt(words, place));
  }

  /** The word at this place in the mirrored text; empty where that is not known. */
  private Optional<String> exchanged(int place) {
    TextWord word = words.get(place);
    if (!word.isLatin() || isOneSided(place)) {
      return Optional.empty();
    }
    if (word.hasDigit()) {
      return holdsSide(word.letters()) ? Optional.empty() : Optional.of(word.written());
    }
    if (isElided(word) || !holdsSide(word)) {
      return Optional.of(word.written());
    }
    return isUnit(place) ? Optional.empty() : counterpart(place);
  }

  private boolean isOneSided(int place) {
    return language.unsure().lengthAt(words, place) > 0
        || Stream.concat(Stream.of(COMMON), LANGUAGES.stream())
            .anyMatch(table -> table.oneSided().lengthAt(words, place) > 0);
  }

  private boolean holdsSide(TextWord word) {
    return language.here().has(word)
        || LANGUAGES.stream().anyMatch(table -> table.everywhere().has(word))
        || isOfRival(word)
        || isSlip(word)
        || (COMMON.suspects(word)
            && LANGUAGES.stream().noneMatch(table -> table.plain().has(word)));
  }

  private boolean isSlip(TextWord word) {
    return language.here().hasInCapitals(word) || isUnlistedSlip(word);
  }

  private boolean isUnlistedSlip(TextWord word) {
    return SideSlips.has(word.written(), word.folded())
        && !COMMON.plain().has(word)
        && LANGUAGES.stream().noneMatch(table -> table.knows(word) || table.plain().has(word));
  }

  /** Whether it is an abbreviation of another language that the text might be written in. */
  private boolean isOfRival(TextWord word) {
    return !language.knows(word)
        && LANGUAGES.stream()
            .filter(table -> table.here().has(word))
            .anyMatch(table -> table.knows(words) * 2 >= language.knows(words));
  }

  private Optional<String> counterpart(int place) {
    TextWord word = words.get(place);
    Optional<String> agreeing =
        LANGUAGES.stream().flatMap(table -> table.agreeing(words, place).stream()).findFirst();
    return agreeing.isPresent() ? agreeing : fromTables(word);
  }

  private Optional<String> fromTables(TextWord word) {
    return Stream.concat(
            Stream.of(language.here(), language.everywhere()),
            LANGUAGES.stream().map(SideTable::everywhere))
        .filter(table -> table.has(word))
        .findFirst()
        .flatMap(table -> table.of(word));
  }

  /** As in French "d'un", which is no abbreviation. */
  private static boolean isElided(TextWord word) {
    return word.beforeApostrophe() && word.folded().length() == 1;
  }

  /** Whether a single letter stands behind a number, as a litre does. */
  private boolean isUnit(int place) {
    return words.get(place).folded().length() == 1 && place > 0 && words.get(place - 1).isNumber();
  }
}
