package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

  private final SideReading reading;

  private Sides(SideReading reading) {
    this.reading = reading;
  }

  /**
   * The same text about the mirrored study: the same object's content where it names no side.
   * Mirrored again, the result is the text.
   *
   * @return empty where the text cannot be mirrored
   */
  public static Optional<String> mirror(String text) {
    return mirror(text, SideReading::isUnderstood);
  }

  /**
   * The same for a name, as of a finding, which is too short to tell its language: where that is
   * open, it is read as English.
   */
  public static Optional<String> mirrorName(String name) {
    return mirror(name, reading -> true);
  }

  private static Optional<String> mirror(String text, Predicate<SideReading> isUnderstood) {
    List<TextWord> words = TextWord.of(text);
    return exchanged(words, isUnderstood)
        .filter(others -> others.equals(words) || isBack(others, words, isUnderstood))
        .map(others -> written(text, words, others));
  }

  private static Optional<List<TextWord>> exchanged(
      List<TextWord> words, Predicate<SideReading> isUnderstood) {
    SideReading reading = SideReading.of(words);
    return isUnderstood.test(reading) ? new Sides(reading).exchanged() : Optional.empty();
  }

  private static boolean isBack(
      List<TextWord> others, List<TextWord> words, Predicate<SideReading> isUnderstood) {
    return exchanged(others, isUnderstood).filter(words::equals).isPresent();
  }

  private static String written(String text, List<TextWord> words, List<TextWord> others) {
    StringBuilder result = new StringBuilder();
    int done = 0;
    for (int i = 0; i < words.size(); i++) {
      result.append(text, done, words.get(i).start()).append(others.get(i).written());
      done = words.get(i).end();
    }
    return result.append(text, done, text.length()).toString();
  }

  private Optional<List<TextWord>> exchanged() {
    List<TextWord> words = reading.words();
    List<TextWord> others = new ArrayList<>(words);
    int place = 0;
    while (place < words.size()) {
      int plain = reading.plainAt(place);
      if (plain == 0) {
        Optional<String> other = exchanged(place);
        if (other.isEmpty()) {
          return Optional.empty();
        }
        others.set(place, words.get(place).as(other.get()));
      }
      place += Math.max(1, plain);
    }
    return Optional.of(others);
  }

  /** The word at this place in the mirrored text; empty where that is not known. */
  private Optional<String> exchanged(int place) {
    TextWord word = reading.words().get(place);
    if (isElided(place)) {
      return Optional.of(word.written());
    }
    if (!word.isLatin() || reading.isOneSided(place) || reading.goesOn(place)) {
      return Optional.empty();
    }
    if (!word.hasDigit() && isListed(word)) {
      return isUnit(place) || reading.isOfName(place) ? Optional.empty() : counterpart(place);
    }
    return isDoubtful(word.letters()) ? Optional.empty() : Optional.of(word.written());
  }

  private boolean isDoubtful(TextWord letters) {
    return !letters.folded().isEmpty() && (isListed(letters) || reading.isDoubtful(letters));
  }

  /** As in French "d'un", but not in "the L's". */
  private boolean isElided(int place) {
    List<TextWord> words = reading.words();
    return words.get(place).isElided()
        && (place + 1 == words.size() || !words.get(place + 1).isLetter());
  }

  private boolean isListed(TextWord word) {
    if (reading.language().here().has(word)) {
      return true;
    }
    // No stream: this is asked of each word of each report many times.
    for (SideTable table : SideReading.LANGUAGES) {
      if (table.everywhere().has(word)) {
        return true;
      }
    }
    return false;
  }

  private Stream<SideExchanges> tables() {
    return Stream.concat(
        Stream.of(reading.language().here(), reading.language().everywhere()),
        SideReading.LANGUAGES.stream().map(SideTable::everywhere));
  }

  private Optional<String> counterpart(int place) {
    TextWord word = reading.words().get(place);
    Optional<String> agreeing =
        SideReading.LANGUAGES.stream()
            .flatMap(table -> table.agreeing(reading.words(), place).stream())
            .findFirst();
    return agreeing.isPresent()
        ? agreeing
        : tables().filter(table -> table.has(word)).findFirst().flatMap(table -> table.of(word));
  }

  /** Whether a single letter stands behind a number, as a litre does. */
  private boolean isUnit(int place) {
    return reading.words().get(place).isLetter()
        && place > 0
        && reading.words().get(place - 1).isNumber();
  }
}
