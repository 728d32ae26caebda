package io.radstream.producers.hl7.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one observation adds to a report.
 *
 * @param section that its identifier names; empty where it names none
 * @param texts its repetitions, each one line or several
 */
record Piece(Optional<Section> section, List<String> texts) {

  private static final Pattern LINE_END = Pattern.compile("\r\n?|\n|\u0085|\u2028|\u2029");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t\n]]");
  private static final Pattern ADDENDUM = Pattern.compile("[\\W_]*ADDENDUM\\b.*");
  private static final Pattern HEADING = Pattern.compile("[\\p{Lu} /&,()-]{4,40}:.*");

  Piece {
    texts =
        texts.stream()
            .map(text -> LINE_END.matcher(text).replaceAll("\n"))
            .map(text -> CONTROL.matcher(text).replaceAll(""))
            .toList();
  }

  boolean isBlank() {
    return texts.stream().allMatch(String::isBlank);
  }

  String heading() {
    return section.map(Section::heading).orElse("");
  }

  Stream<String> lines() {
    return texts.stream()
        .flatMap(text -> Stream.of(text.split("\n", -1)))
        .map(String::stripTrailing);
  }

  /** Where the identifier does not say so, the text may: with that heading, and no other one. */
  boolean isAddendum() {
    return section.isPresent() ? section.get().isAddendum() : isAddendum(lines().toList());
  }

  private static boolean isAddendum(List<String> lines) {
    List<String> capitals =
        lines.stream()
            .filter(line -> !line.isBlank())
            .map(line -> line.strip().toUpperCase(Locale.ROOT))
            .toList();
    return !capitals.isEmpty()
        && ADDENDUM.matcher(capitals.get(0)).matches()
        && lines.stream()
            .map(String::strip)
            .noneMatch(
                line -> HEADING.matcher(line).matches() && !ADDENDUM.matcher(line).matches());
  }
}
