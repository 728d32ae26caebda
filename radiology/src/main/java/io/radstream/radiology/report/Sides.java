package io.radstream.radiology.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Exchanges the sides that a text names, so that it tells of the mirrored picture. Works on words,
 * by tables of English, German, Spanish, French, Portuguese and Italian.
 *
 * <p>What is not understood is not mirrored: a text of another language or script, a word that
 * seems to hold a side and is in no table, an abbreviation that means more than one thing, a word
 * whose exchange could not be taken back. Nor is a text that names what only one side has (lingula,
 * middle lobe, a chamber of the heart, stomach, liver, aortic knob): in the mirrored picture that
 * would be a place that no body has, under the same name. Thread-safe.
 */
public final class Sides {

  private final Lexicon lexicon = new Lexicon();

  /**
   * The same text about the mirrored study: the same object's content where it names no side.
   * Mirrored again, the result is the text.
   *
   * @return empty where the text cannot be mirrored
   */
  public Optional<String> mirror(String text) {
    return mirror(text, SideReading::isUnderstood);
  }

  /**
   * The same for a name, as of a finding, which is too short to tell its language: where that is
   * open, it is read as English.
   */
  public Optional<String> mirrorName(String name) {
    return mirror(name, reading -> true);
  }

  private Optional<String> mirror(String text, Predicate<SideReading> isUnderstood) {
    List<TextWord> words = TextWord.of(text, lexicon);
    return exchanged(words, isUnderstood)
        .filter(others -> others.equals(words) || isBack(others, words, isUnderstood))
        .map(others -> written(text, words, others));
  }

  private Optional<List<TextWord>> exchanged(
      List<TextWord> words, Predicate<SideReading> isUnderstood) {
    SideReading reading = SideReading.of(words);
    return isUnderstood.test(reading)
        ? new SideExchange(reading, lexicon).exchanged()
        : Optional.empty();
  }

  private boolean isBack(
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
}
