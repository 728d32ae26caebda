package io.radstream.deidentification.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Parts of the study's own addresses, whole, whatever their case and white space. */
final class KnownPhrases implements Finder {

  private static final int SHORTEST = 4;
  private static final Pattern PARTS = Pattern.compile("[\\^,;~&\\n\\r]+");

  private final Phrases phrases = new Phrases();

  KnownPhrases(Collection<String> addresses, NameLexicon lexicon) {
    addresses.stream()
        .flatMap(address -> Arrays.stream(PARTS.split(address)))
        .map(String::strip)
        .filter(part -> part.length() >= SHORTEST)
        .filter(part -> !lexicon.isDoubtful(part.toLowerCase(Locale.ROOT)))
        .forEach(phrases::add);
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    phrases.find(text, (start, end) -> found.accept(Span.out(start, end, Kind.ADDRESS)));
  }
}
