package io.radstream.deidentification.text;

import io.radstream.deidentification.text.NameContext.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The names of the study's own people, in any order and writing. A name that is a word too counts
 * only where the text shows that it is meant as one.
 */
final class KnownNames implements Finder {

  /** A word that goes on in the next line, or did before lines were joined. */
  private static final Pattern BROKEN = Pattern.compile("-\\s{1,20}+");

  /** What Turkish puts behind a name in each of its cases. */
  private static final Pattern BEHIND_APOSTROPHE = Pattern.compile("(?<=\\p{L}{3})'\\p{L}{1,5}$");

  private final PersonNames names;
  private final NameLexicon lexicon;
  private final InflectedNames inflected;

  KnownNames(PersonNames names, NameLexicon lexicon) {
    this.names = names;
    this.lexicon = lexicon;
    this.inflected = new InflectedNames(names);
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    if (names.isEmpty()) {
      return;
    }
    NameContext context = new NameContext(text, matches(text), names, lexicon);
    List<Word> words = text.words();
    boolean[] out = new boolean[words.size()];
    for (int i = 0; i < out.length; i++) {
      Match match = context.matches().get(i);
      out[i] = match == Match.SURE || (match == Match.DOUBTFUL && context.showsName(i));
    }
    spans(context, context.withInitials(out)).forEach(found);
  }

  private List<Match> matches(ReportText text) {
    List<Word> words = text.words();
    Map<String, Match> seen = new HashMap<>();
    Map<String, Match> joined = new HashMap<>();
    List<Match> matches = new ArrayList<>();
    for (Word word : words) {
      matches.add(seen.computeIfAbsent(word.text(), this::match));
    }
    for (int i = 0; i + 1 < words.size(); i++) {
      Word first = words.get(i);
      Word second = words.get(i + 1);
      // Mc Donald, Smith-Jones, O Brien: one name in two words.
      boolean touch =
          second.start() == first.end() + 1
              || BROKEN.matcher(text.between(first.end(), second.start())).matches();
      if (touch
          && second.text().length() > 1
          && joined.computeIfAbsent(first.text() + second.text(), this::exactly) == Match.SURE) {
        matches.set(i, Match.SURE);
        matches.set(i + 1, Match.SURE);
      }
    }
    return matches;
  }

  /** As it is, with an ending, or within a longer word. */
  private Match match(String word) {
    Match exactly = exactly(word);
    if (exactly == Match.NONE && word.indexOf('\'') > 0) {
      exactly = exactly(BEHIND_APOSTROPHE.matcher(word).replaceFirst(""));
    }
    return exactly == Match.NONE ? inflected.match(word) : exactly;
  }

  private Match exactly(String word) {
    Set<String> forms = NameForms.ofText(word);
    if (forms.stream().anyMatch(names.sure()::contains)) {
      return Match.SURE;
    }
    return forms.stream().anyMatch(names.doubtful()::contains) ? Match.DOUBTFUL : Match.NONE;
  }

  private static List<Span> spans(NameContext context, boolean[] out) {
    List<Span> spans = new ArrayList<>();
    List<Word> words = context.text().words();
    int start = -1;
    for (int i = 0; i < out.length; i++) {
      if (out[i]) {
        start = start < 0 ? i : start;
        if (i + 1 == out.length || !out[i + 1] || !context.joined(i)) {
          spans.add(Span.out(words.get(start).start(), words.get(i).end(), Kind.NAME));
          start = -1;
        }
      }
    }
    return spans;
  }
}
