package io.radstream.radiology.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the cues of a clause, none of which overlap; they are in {@code cues.txt}. */
final class Cues {

  private static final String CLAUSE_END = " ?(?:$|,|since|compared)";

  private final List<Cue.Kind> kinds;
  private final Pattern pattern;

  Cues() {
    List<List<String>> rows = Rules.read("cues.txt", 2);
    this.kinds = rows.stream().map(row -> kind(row.get(0))).toList();
    this.pattern =
        Pattern.compile(
            rows.stream()
                .map(row -> "(" + Rules.words(row.get(1).replace("{end}", CLAUSE_END)) + ")")
                .collect(Collectors.joining("|")));
  }

  private static Cue.Kind kind(String name) {
    return Cue.Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** In their order. */
  List<Cue> in(String clause) {
    List<Cue> cues = new ArrayList<>();
    Matcher matcher = pattern.matcher(clause);
    while (matcher.find()) {
      int rule = 0;
      while (matcher.start(rule + 1) < 0) {
        rule++;
      }
      cues.add(new Cue(kinds.get(rule), matcher.start(), matcher.end()));
    }
    return cues;
  }
}
