package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The words of a text and the tables that they are read by.
 *
 * @param language that of which most words are
 * @param spoken this one, and others that the text or a sentence of it might be written in
 */
record SideReading(List<TextWord> words, SideTable language, List<SideTable> spoken) {

  /** One in so many words has to be known, for a text to be of a language. */
  private static final int KNOWN = 3;

  /** A sentence of which less is known may be of another language. */
  private static final double MOST = 0.75;

  /** Letters of a longest abbreviation, with one for a plural. */
  private static final int CAPITALS = 5;

  static final SideTable COMMON = SideTable.load("common");
  static final List<SideTable> LANGUAGES =
      Stream.of("en", "de", "es", "fr", "pt", "it").map(SideTable::load).toList();

  static SideReading of(List<TextWord> words) {
    SideTable language = language(words);
    long known = language.knows(words);
    Stream<SideTable> alike =
        LANGUAGES.stream().filter(table -> table.knows(words) * 2 >= Math.max(1, known));
    Stream<SideTable> bySentence =
        sentences(words).stream()
            .filter(part -> language.knows(part) < part.size() * MOST)
            .map(SideReading::language);
    List<SideTable> spoken =
        Stream.of(Stream.of(language), alike, bySentence)
            .flatMap(Function.identity())
            .distinct()
            .toList();
    return new SideReading(words, language, spoken);
  }

  /** The first of equals. */
  private static SideTable language(List<TextWord> words) {
    SideTable best = LANGUAGES.get(0);
    long most = best.knows(words);
    for (SideTable table : LANGUAGES) {
      long known = table.knows(words);
      if (known > most) {
        best = table;
        most = known;
      }
    }
    return best;
  }

  private static List<List<TextWord>> sentences(List<TextWord> words) {
    List<List<TextWord>> sentences = new ArrayList<>();
    for (TextWord word : words) {
      if (sentences.isEmpty() || word.begins()) {
        sentences.add(new ArrayList<>());
      }
      sentences.get(sentences.size() - 1).add(word);
    }
    return sentences;
  }

  /** Whether enough of the words are of the language, to read the others by its tables. */
  boolean isUnderstood() {
    List<TextWord> spelt = words.stream().filter(word -> !word.hasDigit()).toList();
    return language.knows(spelt) * KNOWN >= spelt.size();
  }

  /** How many words from this place on are a phrase that holds no side. */
  int plainAt(int place) {
    return Math.max(language.plain().lengthAt(words, place), COMMON.plain().lengthAt(words, place));
  }

  /** Whether the words from this place on name what has no counterpart on the other side. */
  boolean isOneSided(int place) {
    if (language.unsure().lengthAt(words, place) > 0
        || COMMON.oneSided().lengthAt(words, place) > 0) {
      return true;
    }
    // No stream: this is asked of each word of each report.
    for (SideTable table : LANGUAGES) {
      if (table.oneSided().lengthAt(words, place) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether the word seems to hold a side that no table has. */
  boolean isDoubtful(TextWord word) {
    return language.here().hasInCapitals(word)
        || isLetterForSide(word)
        || isCapitals(word)
        || isOfOther(word)
        || isSlip(word)
        || (COMMON.suspects(word) && LANGUAGES.stream().noneMatch(table -> table.isOrdinary(word)));
  }

  /** "l" or "d", which no table has but in capitals. */
  private boolean isLetterForSide(TextWord word) {
    boolean meant = !language.isOrdinary(word) || ".)/".indexOf(word.after()) >= 0;
    return word.isLetter() && meant && language.slips().isInitial(word.folded());
  }

  /** As "LPA" and "RIJV" are, where other words are not in capitals. */
  private boolean isCapitals(TextWord word) {
    return word.isCapitals()
        && word.folded().length() <= CAPITALS
        && !isOrdinary(word)
        && !language.knows(word)
        && language.slips().isInitial(word.folded().substring(0, 1))
        && !words.stream().filter(other -> !other.hasDigit()).allMatch(TextWord::isCapitals);
  }

  private boolean isOfOther(TextWord word) {
    return !language.knows(word) && spoken.stream().anyMatch(table -> table.here().has(word));
  }

  private boolean isSlip(TextWord word) {
    return !isOrdinary(word)
        && LANGUAGES.stream()
            .filter(table -> !table.isOrdinary(word))
            .anyMatch(table -> isSlip(word.folded(), table));
  }

  private boolean isSlip(String word, SideTable table) {
    return spoken.contains(table) ? table.slips().has(word) : table.slips().isNear(word);
  }

  private boolean isOrdinary(TextWord word) {
    return language.isOrdinary(word) || COMMON.isOrdinary(word);
  }

  /**
   * Whether the place may hold a name, initials of one, or a letter of a word that is spelt out.
   */
  boolean isOfName(int place) {
    TextWord word = words.get(place);
    if (place > 0 && COMMON.titles().contains(words.get(place - 1).folded())) {
      return true;
    }
    boolean isShort = word.folded().length() <= 2;
    return isShort
        && (isUnknownName(place - 1, false) || isUnknownName(place + 1, word.after() == '.'));
  }

  private boolean isUnknownName(int place, boolean evenInCapitals) {
    if (place < 0 || place >= words.size()) {
      return false;
    }
    TextWord word = words.get(place);
    boolean isWritten = word.isTitle() || evenInCapitals;
    boolean spelt = word.isLetter() && !language.knows(word);
    return spelt
        || (isWritten && !word.hasDigit() && !language.isOrdinary(word) && !language.knows(word));
  }

  /** Whether the word goes on one that was broken up: "rech-ts", "le ft". */
  boolean goesOn(int place) {
    if (place == 0 || words.get(place).begins()) {
      return false;
    }
    TextWord before = words.get(place - 1);
    TextWord after = words.get(place);
    String joined = before.folded() + after.folded();
    return LANGUAGES.stream().anyMatch(table -> table.everywhere().isWhole(joined))
        && !(language.knows(before) && language.knows(after));
  }
}
