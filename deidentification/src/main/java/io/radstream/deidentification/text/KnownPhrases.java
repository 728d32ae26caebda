package io.radstream.deidentification.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of the study's own addresses, whole, whatever their case and white space. */
final class KnownPhrases implements Finder {

  private static final int SHORTEST = 4;
  private static final Pattern PARTS = Pattern.compile("[\\^,;~&\\n\\r]+");

  private static final Pattern STREET =
      Pattern.compile("(?iu)(?<=[\\p{L} -])(?:stra(?:\\x{df}|ss)e|str(?:\\.|\\b)) ?(?=[0-9])");

  private final Phrases phrases = new Phrases();

  KnownPhrases(Collection<String> addresses, NameLexicon lexicon) {
    addresses.stream()
        .flatMap(address -> Arrays.stream(PARTS.split(address)))
        .map(String::strip)
        .filter(part -> part.length() >= SHORTEST)
        .filter(part -> !lexicon.isDoubtful(part.toLowerCase(Locale.ROOT)))
        .flatMap(part -> writings(part).stream())
        .forEach(phrases::add);
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
  }
}
