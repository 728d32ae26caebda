package io.radstream.deidentification.text;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One way to write a date, with its parts as named groups. */
final class DateForm {

  private final String expression;
  private final Pattern pattern;

  DateForm(String expression) {
    this.expression = expression;
    this.pattern = Pattern.compile("(?iu)(?<![\\p{L}\\p{N}])" + expression);
  }

  /** Tells of each place where the form stands, not within a word or a longer number. */
  void find(ReportText text, Consumer<Match> found) {
    Matcher matcher = pattern.matcher(text.folded());
    int from = 0;
    while (from <= text.folded().length() && matcher.find(from)) {
      boolean free = text.standsFree(matcher.start(), matcher.end()) && !inNumber(text, matcher);
      if (free) {
        found.accept(new Match(this, text, matcher));
      }
      from = free ? Math.max(matcher.end(), matcher.start() + 1) : matcher.start() + 1;
    }
  }

  /** Whether digits go on behind a dot, comma or slash, as in a version or a measure. */
  private static boolean inNumber(ReportText text, Matcher matcher) {
    String folded = text.folded();
    int start = matcher.start();
    int end = matcher.end();
    boolean before =
        start > 1
            && isJoint(folded.charAt(start - 1))
            && Character.isDigit(folded.charAt(start - 2))
            && Character.isDigit(folded.charAt(start));
    boolean after =
        end + 1 < folded.length()
            && isJoint(folded.charAt(end))
            && Character.isDigit(folded.charAt(end + 1))
            && Character.isDigit(folded.charAt(end - 1));
    return before || after;
  }

  private static boolean isJoint(char c) {
    return c == '.' || c == '/' || c == ',' || c == '-';
  }

  /** A place where the form stands; valid until the next is looked for. */
  record Match(DateForm form, ReportText text, Matcher matcher) {

    boolean has(String part) {
      return form.expression.contains("<" + part + ">") && matcher.group(part) != null;
    }

    String part(String part) {
      return matcher.group(part);
    }

    int number(String part) {
      return Integer.parseInt(matcher.group(part));
    }

    int start(String part) {
      return matcher.start(part);
    }

    int end(String part) {
      return matcher.end(part);
    }

    /** Where the date itself begins: behind what leads to it. */
    int start() {
      return has("pre") ? matcher.end("pre") : matcher.start();
    }

    int end() {
      return matcher.end();
    }
  }
}
