package io.radstream.producers.hl7.report;

import java.util.List;

/** One text of a report's pieces, with a heading where an identifier names a section. */
final class ReportText {

  /** What a text without a heading is, behind one that had one. */
  private static final String PLAIN = "REPORT";

  private final StringBuilder text = new StringBuilder();
  private String heading = "";

  private ReportText() {}

  /** Stripped; a heading stands alone in its line, with a colon. */
  static String of(List<Piece> pieces) {
    ReportText text = new ReportText();
    pieces.forEach(text::add);
    return text.text.toString().strip();
  }

  private void add(Piece piece) {
    if (piece.isBlank()) {
      text.append('\n');
      return;
    }
    String wanted = piece.heading().isEmpty() && !heading.isEmpty() ? PLAIN : piece.heading();
    if (!wanted.equals(heading)) {
      begin(wanted, piece);
    }
    piece.lines().forEach(line -> text.append(line).append('\n'));
  }

  private void begin(String next, Piece piece) {
    heading = next;
    text.append('\n');
    // Some systems write the heading into the text as well.
    String first = piece.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    if (!isHeading(first, next)) {
      text.append(next).append(":\n");
    }
  }

  private static boolean isHeading(String line, String name) {
    return line.regionMatches(true, 0, name, 0, name.length())
        && line.substring(name.length()).matches("\\s*(:.*)?");
  }
}
