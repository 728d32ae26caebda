package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text and the tables that they are read by.
 *
 * @param language that of which most words are
 * @param spoken bits of this one, and of others that the text or a sentence of it might be written
 *     in
 */
record SideReading(List<TextWord> words, SideTable language, int spoken) {

  /** One in so many words has to be known, for a text to be of a language. */
  private static final int KNOWN = 3;

  /** A sentence of which less is known may be of another language. */
  private static final double MOST = 0.75;

  /** Letters of a longest abbreviation, with one for a plural. */
  private static final int CAPITALS = 5;

  private static final SideTable COMMON = SideTable.COMMON;

  static SideReading of(List<TextWord> words) {
    SideTable language = language(words);
    long known = language.knows(words);
    int spoken = language.bit();
    for (SideTable table : SideTable.LANGUAGES) {
      spoken |= table.knows(words) * 2 >= Math.max(1, known) ? table.bit() : 0;
    }
    for (List<TextWord> sentence : sentences(words)) {
      boolean isOther = language.knows(sentence) < sentence.size() * MOST;
      spoken |= isOther ? language(sentence).bit() : 0;
    }
    return new SideReading(words, language, spoken);
  }

  /** The first of equals. */
  private static SideTable language(List<TextWord> words) {
    SideTable best = SideTable.LANGUAGES.get(0);
    long most = best.knows(words);
    for (SideTable table : SideTable.LANGUAGES) {
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
    int begin = 0;
    for (int i = 1; i <= words.size(); i++) {
      if (i == words.size() || words.get(i).begins()) {
        sentences.add(words.subList(begin, i));
        begin = i;
      }
    }
    return sentences;
  }

  /** Whether enough of the words are of the language, to read the others by its tables. */
  boolean isUnderstood() {
    int spelt = 0;
    int known = 0;
    for (TextWord word : words) {
      if (!word.facts().hasDigit()) {
        spelt++;
        known += word.facts().isKnownTo(language) ? 1 : 0;
      }
    }
    return known * KNOWN >= spelt;
  }

  /** How many words from this place on are a phrase that holds no side. */
  int plainAt(int place) {
    int begun = words.get(place).facts().plain();
    return Math.max(
        (begun & language.bit()) == 0 ? 0 : language.plain().lengthAt(words, place),
        (begun & COMMON.bit()) == 0 ? 0 : COMMON.plain().lengthAt(words, place));
  }

  /** Whether the words from this place on name what has no counterpart on the other side. */
  boolean isOneSided(int place) {
    WordFacts word = words.get(place).facts();
    if ((word.unsure() & language.bit()) != 0 && language.unsure().lengthAt(words, place) > 0) {
      return true;
    }
    // No stream: this is asked of each word of each report.
    for (SideTable table : SideTable.ALL) {
      if ((word.oneSided() & table.bit()) != 0 && table.oneSided().lengthAt(words, place) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether the word seems to hold a side that no table has. */
  boolean isDoubtful(TextWord word) {
    WordFacts facts = word.facts();
    return (facts.inCapitals() & language.bit()) != 0
        || isLetterForSide(word)
        || isCapitals(facts)
        || (!facts.isKnownTo(language) && (facts.here() & spoken) != 0)
        || (!isOrdinary(facts) && ((facts.slip() & spoken) | (facts.near() & ~spoken)) != 0)
        || facts.isSuspect();
  }

  /** "l" or "d", which no table has but in capitals. */
  private boolean isLetterForSide(TextWord word) {
    boolean meant = !word.facts().isOrdinaryIn(language) || ".)/".indexOf(word.after()) >= 0;
    return word.spelling().isLetter() && meant && language.slips().isInitial(word.folded());
  }

  /** As "LPA" and "RIJV" are, where other words are not in capitals. */
  private boolean isCapitals(WordFacts word) {
    String folded = word.spelling().folded();
    return word.spelling().isCapitals()
        && folded.length() <= CAPITALS
        && !isOrdinary(word)
        && !word.isKnownTo(language)
        && language.slips().isInitial(folded.substring(0, 1))
        && !words.stream()
            .map(TextWord::facts)
            .filter(other -> !other.hasDigit())
            .allMatch(other -> other.spelling().isCapitals());
  }

  private boolean isOrdinary(WordFacts word) {
    return word.isOrdinaryIn(language) || word.isOrdinaryIn(COMMON);
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
        && ((isUnknownName(place - 1, false) && !isBehindSentence(place))
            || isUnknownName(place + 1, word.after() == '.'));
  }

  /** Whether a sentence ends before the place, rather than an initial. */
  private boolean isBehindSentence(int place) {
    return words.get(place).begins() && !words.get(place - 1).spelling().isLetter();
  }

  private boolean isUnknownName(int place, boolean evenInCapitals) {
    if (place < 0 || place >= words.size()) {
      return false;
    }
    WordFacts word = words.get(place).facts();
    boolean isWritten =
        word.spelling().isTitle() || (evenInCapitals && word.spelling().isCapitals());
    boolean isStrange = !word.isKnownTo(language);
    boolean spelt = word.spelling().isLetter() && isStrange;
    return spelt || (isWritten && isStrange && !word.hasDigit() && !word.isOrdinaryIn(language));
  }

  /** Whether the word goes on one that was broken up: "rech-ts", "le ft". */
  boolean goesOn(int place) {
    if (place == 0 || words.get(place).begins()) {
      return false;
    }
    TextWord before = words.get(place - 1);
    TextWord after = words.get(place);
    return !(before.facts().isKnownTo(language) && after.facts().isKnownTo(language))
        && SideTable.isSideAnywhere(before.folded() + after.folded());
  }
}
