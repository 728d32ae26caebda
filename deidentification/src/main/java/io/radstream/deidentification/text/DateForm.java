package io.radstream.deidentification.text;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One way to write a date, with its parts as named groups. */
final class DateForm {

  private static final int FULL_YEAR = 4;

  private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-z]+)>");

  private final Set<String> parts;
  private final Pattern pattern;

  DateForm(String expression) {
    this(expression, "(?iu)(?<![\\p{L}\\p{N}])");
  }

  private DateForm(String expression, String before) {
    this.parts =
        GROUP.matcher(expression).results().map(it -> it.group(1)).collect(Collectors.toSet());
    this.pattern = Pattern.compile(before + expression);
  }

  /** One that may be joined to a word where it has a day and four digits of a year. */
  static DateForm joinable(String expression) {
    return new DateForm(expression, "(?iu)(?<!\\p{N})");
  }

  /**
   * Tells of each place where the form stands, not within a word or a longer number. A day with a
   * whole year is a date whatever stands around it.
   */
  void find(ReportText text, Consumer<Match> found) {
    Matcher matcher = pattern.matcher(text.folded());
    int from = 0;
    int last = -1;
    while (from <= text.folded().length() && matcher.find(from)) {
      boolean free =
          isWhole(text, matcher)
              || (text.standsFree(matcher.start(), matcher.end())
                  && !inNumber(text, matcher, last));
      if (free) {
        last = matcher.end();
        found.accept(new Match(this, text, matcher));
      }
      from = free ? Math.max(matcher.end(), matcher.start() + 1) : matcher.start() + 1;
    }
  }

  /** Whether it has a day and four digits of a year, and no digit touches it. */
  private boolean isWhole(ReportText text, Matcher matcher) {
    Match match = new Match(this, text, matcher);
    int end = matcher.end();
    return match.has("d")
        && match.has("y")
        && match.part("y").length() == FULL_YEAR
        && (end == text.folded().length() || !Character.isDigit(text.folded().charAt(end)))
        && !Character.isLetter(text.folded().charAt(matcher.start()));
  }

  /**
   * Whether digits go on behind a dot, comma or slash, as in a version or a measure. Two of the
   * form, joined by another mark than their own, are a range.
   */
  private boolean inNumber(ReportText text, Matcher matcher, int last) {
    String folded = text.folded();
    int start = matcher.start();
    int end = matcher.end();
    boolean before =
        start > 1
            && last != start - 1
            && isJoint(folded.charAt(start - 1))
            && Character.isDigit(folded.charAt(start - 2))
            && Character.isDigit(folded.charAt(start));
    boolean after =
        end + 1 < folded.length()
            && isJoint(folded.charAt(end))
            && Character.isDigit(folded.charAt(end + 1))
            && Character.isDigit(folded.charAt(end - 1))
            && !another(folded, matcher);
    return before || after;
  }

  private boolean another(String folded, Matcher matcher) {
    char joint = folded.charAt(matcher.end());
    boolean own = parts.contains("s") && matcher.group("s").indexOf(joint) >= 0;
    Matcher next = pattern.matcher(folded).region(matcher.end() + 1, folded.length());
    next.useTransparentBounds(true);
    return joint != '.' && !own && next.lookingAt();
  }

  private static boolean isJoint(char c) {
    return c == '.' || c == '/' || c == ',' || c == '-';
  }

  /** A place where the form stands; valid until the next is looked for. */
  record Match(DateForm form, ReportText text, Matcher matcher) {

    boolean has(String part) {
      return form.parts.contains(part) && matcher.group(part) != null;
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

    /** That its parts make; empty where there is no such day. */
    Optional<LocalDate> date() {
      Optional<Integer> year =
          has("y") ? Optional.of(DateWriter.year(part("y"))) : Optional.empty();
      return DateWriter.date(year, number("m"), number("d"));
    }

    /** The word behind it in small letters, or nothing. */
    String nextWord() {
      String folded = text.folded();
      int start = end();
      while (start < folded.length() && folded.charAt(start) == ' ') {
        start++;
      }
      int stop = start;
      while (stop < folded.length() && Character.isLetter(folded.charAt(stop))) {
        stop++;
      }
      return folded.substring(start, stop).toLowerCase(Locale.ROOT);
    }
  }
}
