package io.radstream.radiology.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a word is, wherever it stands, and what the tables say of it.
 *
 * @param letters the word without its digits, where it has some and is more than those
 * @param isSide whether it names a side in any language
 * @param isSuspect whether it seems to hold a side, and is an ordinary word of no language
 * @param known bits of the tables that know it; the others alike
 * @param ordinary of those in which it holds no side
 * @param here of those in which it names a side in texts of their language
 * @param inCapitals of those in which it would, were it in capitals
 * @param near of languages in which it is a slip away from a side
 * @param slip of languages in which a side may be meant by it, where the text may be of them
 * @param plain of tables with a phrase without a side that begins with it
 * @param unsure of those with a phrase that begins with it and cannot be told
 * @param oneSided of those with a phrase for what only one side has
 */
record WordFacts(
    Spelling spelling,
    boolean isLatin,
    boolean isNumber,
    boolean hasDigit,
    Optional<WordFacts> letters,
    boolean isSide,
    boolean isSuspect,
    int known,
    int ordinary,
    int here,
    int inCapitals,
    int near,
    int slip,
    int plain,
    int unsure,
    int oneSided) {

  private static final List<SideTable> LANGUAGES = SideTable.LANGUAGES;

  /** Of nothing, no table is asked. */
  static WordFacts of(Spelling spelling) {
    return spelling.folded().isEmpty() ? nothing(spelling) : some(spelling);
  }

  private static WordFacts nothing(Spelling spelling) {
    return new WordFacts(
        spelling, true, false, false, Optional.empty(), false, false, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static WordFacts some(Spelling spelling) {
    boolean hasDigit = spelling.hasDigit();
    int ordinary = bits(SideTable.ALL, table -> table.isOrdinary(spelling));
    List<SideTable> others =
        LANGUAGES.stream().filter(table -> (ordinary & table.bit()) == 0).toList();
    return new WordFacts(
        spelling,
        spelling.isLatin(),
        spelling.isNumber(),
        hasDigit,
        hasDigit
            ? Optional.of(spelling.letters())
                .filter(it -> !it.folded().isEmpty())
                .map(WordFacts::of)
            : Optional.empty(),
        bits(LANGUAGES, table -> table.everywhere().has(spelling)) != 0,
        others.size() == LANGUAGES.size() && SideTable.COMMON.suspects(spelling),
        bits(SideTable.ALL, table -> table.knows(spelling)),
        ordinary,
        bits(SideTable.ALL, table -> table.here().has(spelling)),
        bits(SideTable.ALL, table -> table.here().hasInCapitals(spelling)),
        bits(others, table -> table.slips().isNear(spelling.folded())),
        bits(others, table -> table.slips().has(spelling.folded())),
        bits(SideTable.ALL, table -> table.plain().mayBeginWith(spelling)),
        bits(SideTable.ALL, table -> table.unsure().mayBeginWith(spelling)),
        bits(SideTable.ALL, table -> table.oneSided().mayBeginWith(spelling)));
  }

  private static int bits(List<SideTable> tables, Predicate<SideTable> holds) {
    return tables.stream().filter(holds).mapToInt(SideTable::bit).sum();
  }

  boolean isKnownTo(SideTable table) {
    return (known & table.bit()) != 0;
  }

  boolean isOrdinaryIn(SideTable table) {
    return (ordinary & table.bit()) != 0;
  }
}
