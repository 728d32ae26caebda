package io.radstream.deidentification.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parts of the study's own addresses, whole, whatever their case and white space. */
final class KnownPhrases implements Finder {

  private static final int SHORTEST = 4;
  private static final Pattern PARTS = Pattern.compile("[\\^,;~&\\n\\r]+");

  private static final Pattern STREET =
      Pattern.compile("(?iu)(?<=[\\p{L} -])(?:stra(?:\\x{df}|ss)e|str(?:\\.|\\b)) ?(?=[0-9])");

  private static final Pattern HOUSE =
      Pattern.compile(
          "(?iu)(?:[0-9]{1,5} ?[a-z]?,? +)?(?<street>[^0-9,]{4,}?)(?:,? +[0-9]{1,5} ?[a-z]?)?");

  private static final Pattern NUMBER_BEFORE = Pattern.compile("(?iu)\\b[0-9]{1,5}[a-z]?,? $");
  private static final Pattern NUMBER_BEHIND = Pattern.compile("(?iu)^,? [0-9]{1,5}[a-z]?\\b");
  private static final int LONGEST_NUMBER = 8;

  /** By one word alone no shorter street is known: it may be any word. */
  private static final int LONG_WORD = 9;

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("street", "st"),
          Map.entry("avenue", "ave"),
          Map.entry("road", "rd"),
          Map.entry("boulevard", "blvd"),
          Map.entry("lane", "ln"),
          Map.entry("drive", "dr"),
          Map.entry("court", "ct"),
          Map.entry("place", "pl"),
          Map.entry("square", "sq"),
          Map.entry("terrace", "ter"));

  private final Phrases phrases = new Phrases();

  /** Without the number of the house. */
  private final Phrases streets = new Phrases();

  KnownPhrases(Collection<String> addresses, NameLexicon lexicon) {
    List<String> parts =
        addresses.stream()
            .flatMap(address -> Arrays.stream(PARTS.split(address)))
            .map(String::strip)
            .filter(part -> part.length() >= SHORTEST)
            .filter(part -> !lexicon.isDoubtful(part.toLowerCase(Locale.ROOT)))
            .toList();
    parts.stream().flatMap(part -> writings(part).stream()).forEach(phrases::add);
    parts.stream()
        .map(HOUSE::matcher)
        .filter(Matcher::matches)
        .map(house -> house.group("street").strip().toLowerCase(Locale.ROOT))
        .filter(street -> street.indexOf(' ') > 0 || street.length() >= LONG_WORD)
        .filter(street -> !lexicon.isDoubtful(street))
        .flatMap(KnownPhrases::shortAndLong)
        .forEach(streets::add);
  }

  private static Stream<String> shortAndLong(String street) {
    String before = street.substring(0, street.lastIndexOf(' ') + 1);
    String last = street.substring(before.length()).replace(".", "");
    Stream<String> others =
        SHORT.entrySet().stream()
            .filter(kind -> last.equals(kind.getKey()) || last.equals(kind.getValue()))
            .flatMap(kind -> Stream.of(kind.getKey(), kind.getValue()));
    return before.isEmpty()
        ? Stream.of(street)
        : Stream.concat(Stream.of(street), others.map(before::concat)).distinct();
  }

  /** A street is written out or not, whatever the header does. */
  private static Set<String> writings(String part) {
    Matcher street = STREET.matcher(part);
    Set<String> writings = new HashSet<>(Set.of(part));
    if (street.find()) {
      for (String written : List.of("str.", "str", "strasse", "stra\u00DFe")) {
        String before = part.substring(0, street.start());
        String behind = part.substring(street.end()).strip();
        writings.add(before + written + " " + behind);
        writings.add(before + written + behind);
      }
    }
    return writings;
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    phrases.find(text, (start, end) -> found.accept(Span.out(start, end, Kind.ADDRESS)));
    streets.find(text, (start, end) -> found.accept(withHouse(text, start, end)));
  }

  private static Span withHouse(ReportText text, int start, int end) {
    int last = text.folded().length();
    Matcher before =
        NUMBER_BEFORE.matcher(text.between(Math.max(0, start - LONGEST_NUMBER), start));
    Matcher behind = NUMBER_BEHIND.matcher(text.between(end, Math.min(last, end + LONGEST_NUMBER)));
    int from = before.find() ? start - before.group().length() : start;
    return Span.out(from, behind.find() ? end + behind.end() : end, Kind.ADDRESS);
  }
}
