package io.radstream.radiology.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a clause speaks of findings; the phrases are in {@code phrases.txt}. */
final class Phrases {

  private record Phrase(ReportedFinding finding, Mention.Says says, Pattern pattern) {}

  private final List<Phrase> phrases;

  Phrases() {
    this.phrases =
        Rules.read("phrases.txt", 3).stream()
            .map(
                row ->
                    new Phrase(
                        ReportedFinding.of(row.get(0)),
                        Mention.Says.valueOf(row.get(1).toUpperCase(Locale.ROOT)),
                        Pattern.compile(Rules.words(row.get(2)))))
            .toList();
  }

  List<Mention> in(String clause) {
    List<Mention> mentions = new ArrayList<>();
    for (Phrase phrase : phrases) {
      Matcher matcher = phrase.pattern.matcher(clause);
      while (matcher.find()) {
        mentions.add(new Mention(phrase.finding, phrase.says, matcher.start(), matcher.end()));
      }
    }
    return mentions;
  }
}
