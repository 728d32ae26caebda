package io.radstream.deidentification.text;

/**
 * A piece of text that gives way.
 *
 * @param start of its first character
 * @param end behind its last character
 * @param replacement what stands in its place
 */
record Span(int start, int end, Kind kind, String replacement) {

  /** Stands for what was taken out, as in public sets of reports: a word like others. */
  static final String TOKEN = "XXXX";

  static Span out(int start, int end, Kind kind) {
    return new Span(start, end, kind, TOKEN);
  }

  int length() {
    return end - start;
  }

  boolean contains(Span other) {
    return start <= other.start && other.end <= end;
  }

  boolean isOut() {
    return replacement.equals(TOKEN);
  }
}
