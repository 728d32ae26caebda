package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Exchanges the sides of the words of one text, read in one way. */
final class SideExchange {

  private final SideReading reading;
  private final Lexicon lexicon;

  SideExchange(SideReading reading, Lexicon lexicon) {
    this.reading = reading;
    this.lexicon = lexicon;
  }

  /** All words of the mirrored text; empty where one is not known. */
  Optional<List<TextWord>> exchanged() {
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
        others.set(place, words.get(place).as(lexicon.of(other.get())));
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
    WordFacts facts = word.facts();
    if (!facts.isLatin() || reading.isOneSided(place) || reading.goesOn(place)) {
      return Optional.empty();
    }
    if (!facts.hasDigit() && isListed(facts)) {
      return isUnit(place) || reading.isOfName(place) ? Optional.empty() : counterpart(place);
    }
    return isDoubtful(word) ? Optional.empty() : Optional.of(word.written());
  }

  private boolean isDoubtful(TextWord word) {
    Optional<WordFacts> letters =
        word.facts().hasDigit() ? word.facts().letters() : Optional.of(word.facts());
    return letters.isPresent()
        && (isListed(letters.get()) || reading.isDoubtful(word.as(letters.get())));
  }

  /** As in French "d'un", but not in "the L's". */
  private boolean isElided(int place) {
    List<TextWord> words = reading.words();
    return words.get(place).isElided()
        && (place + 1 == words.size() || !words.get(place + 1).spelling().isLetter());
  }

  private boolean isListed(WordFacts word) {
    return word.isSide() || (word.here() & reading.language().bit()) != 0;
  }

  private Stream<SideExchanges> tables() {
    return Stream.concat(
        Stream.of(reading.language().here(), reading.language().everywhere()),
        SideTable.LANGUAGES.stream().map(SideTable::everywhere));
  }

  private Optional<String> counterpart(int place) {
    Spelling word = reading.words().get(place).spelling();
    Optional<String> agreeing =
        SideTable.LANGUAGES.stream()
            .flatMap(table -> table.agreeing(reading.words(), place).stream())
            .findFirst();
    return agreeing.isPresent()
        ? agreeing
        : tables().filter(table -> table.has(word)).findFirst().flatMap(table -> table.of(word));
  }

  /** Whether a single letter stands behind a number, as a litre does. */
  private boolean isUnit(int place) {
    return reading.words().get(place).spelling().isLetter()
        && place > 0
        && reading.words().get(place - 1).facts().isNumber();
  }
}
