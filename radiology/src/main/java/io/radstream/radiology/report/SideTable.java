package io.radstream.radiology.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of one language, from a file of lines that begin with their kind.
 *
 * @param bit of this table, where several answer in one number
 * @param everywhere {@code exchange}: words for sides that are such in any text
 * @param agreeing {@code agreeing}: such a word and its exchange where the noun that it goes with
 *     is masculine
 * @param masculine {@code masculine}: nouns
 * @param feminine {@code feminine}: nouns, and what else ends the search for one
 * @param here {@code here}: words, mostly abbreviations, that are such in texts of the language
 * @param oneSided {@code one}: names of what only one side has, in any text
 * @param unsure {@code unsure}: what cannot be told in a text of the language
 * @param plain {@code plain}: what looks like a side in a text of the language and is none
 * @param known {@code known}: words that the language is known by
 * @param ordinary {@code ordinary}: words that are near a word for a side, and none
 * @param titles {@code titles}: words before a person's name
 * @param slips what is near such a word, or begins with one of the {@code initials} and is no word
 * @param within {@code within}: what no word may hold that is not in the tables
 * @param beginnings {@code begins}: what none may begin with
 */
record SideTable(
    int bit,
    SideExchanges everywhere,
    SideExchanges agreeing,
    Set<String> masculine,
    Set<String> feminine,
    SideExchanges here,
    WordPhrases oneSided,
    WordPhrases unsure,
    WordPhrases plain,
    Set<String> known,
    Set<String> ordinary,
    Set<String> titles,
    SideSlips slips,
    List<String> within,
    List<String> beginnings) {

  private static final List<String> NAMES = List.of("common", "en", "de", "es", "fr", "pt", "it");

  /** Of words that are such in any language. */
  static final SideTable COMMON = load(NAMES.get(0));

  static final List<SideTable> LANGUAGES = NAMES.stream().skip(1).map(SideTable::load).toList();

  static final List<SideTable> ALL = Stream.concat(Stream.of(COMMON), LANGUAGES.stream()).toList();

  /** Words between a noun and its adjective are few. */
  private static final int REACH = 4;

  static SideTable load(String name) {
    Map<String, List<String>> lines = new HashMap<>();
    for (String line : text("sides/" + name + ".txt").lines().toList()) {
      if (!line.startsWith("#")) {
        int space = line.indexOf(' ');
        lines
            .computeIfAbsent(line.substring(0, space), kind -> new ArrayList<>())
            .add(line.substring(space + 1));
      }
    }
    return of(1 << NAMES.indexOf(name), new Lines(lines));
  }

  private record Lines(Map<String, List<String>> byKind) {

    List<String> of(String kind) {
      return byKind.getOrDefault(kind, List.of());
    }

    Set<String> words(String kind) {
      return of(kind).stream()
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  private static SideTable of(int bit, Lines lines) {
    SideExchanges everywhere = new SideExchanges(lines.of("exchange"), lines.of("oneway"));
    SideExchanges here = new SideExchanges(lines.of("here"), List.of());
    return new SideTable(
        bit,
        everywhere,
        new SideExchanges(List.of(), lines.of("agreeing")),
        lines.words("masculine"),
        lines.words("feminine"),
        here,
        new WordPhrases(lines.of("one")),
        new WordPhrases(lines.of("unsure")),
        new WordPhrases(lines.of("plain")),
        lines.words("known"),
        lines.words("ordinary"),
        lines.words("titles"),
        new SideSlips(
            everywhere.words(), everywhere.beginnings(), here.words(), lines.words("initials")),
        lines.of("within"),
        lines.of("begins"));
  }

  private static String text(String resource) {
    try (InputStream in = SideTable.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  /** Of the language, as ISO 639-1 has it. */
  String code() {
    return NAMES.get(Integer.numberOfTrailingZeros(bit));
  }

  /** How many of the words are of the language. */
  long knows(List<TextWord> words) {
    // No stream: this is asked of each text many times.
    long count = 0;
    for (TextWord word : words) {
      count += word.facts().isKnownTo(this) ? 1 : 0;
    }
    return count;
  }

  /** Whether it is a word for a side in any language. */
  static boolean isSideAnywhere(String lower) {
    for (SideTable table : LANGUAGES) {
      if (table.everywhere.isWhole(lower)) {
        return true;
      }
    }
    return false;
  }

  boolean knows(Spelling word) {
    return known.contains(word.folded()) || everywhere.has(word) || here.has(word);
  }

  /** Whether the word is known to hold no side, in a text of the language. */
  boolean isOrdinary(Spelling word) {
    return known.contains(word.folded()) || ordinary.contains(word.folded()) || plain.has(word);
  }

  /** The word for the other side, where the noun before it asks for its masculine form. */
  Optional<String> agreeing(List<TextWord> words, int place) {
    for (int i = place - 1; i >= 0 && i >= place - REACH; i--) {
      if (feminine.contains(words.get(i).lower()) || feminine.contains(words.get(i).folded())) {
        return Optional.empty();
      }
      if (masculine.contains(words.get(i).lower()) || masculine.contains(words.get(i).folded())) {
        return agreeing.of(words.get(place).spelling());
      }
    }
    return Optional.empty();
  }

  /** Whether the word seems to hold a side. */
  boolean suspects(Spelling word) {
    return within.stream().anyMatch(word.folded()::contains)
        || beginnings.stream().anyMatch(word.folded()::startsWith);
  }
}
