package io.radstream.radiology.findings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Parts of a text that are read for themselves. */
final class Clauses {

  /** A line that goes on in the next one is no end; a point within a number neither. */
  private static final Pattern END =
      Pattern.compile(
          "[.;!]+(?=\\s|$)|\\?(?=\\s|$)|\\n\\s*\\n|\\n(?=\\s*(?:[-•*]|\\d+[.)]|\\p{Lu}))");

  private static final Pattern VERSUS =
      Pattern.compile("\\bvs\\.?(?=\\s)", Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9,:?.]+");
  private static final Pattern SIGN = Pattern.compile("([,:?])");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** No sentence is as long; what is cannot make rules look back and forth for minutes. */
  private static final Pattern LONGEST = Pattern.compile("(?<=\\G.{1000})");

  private Clauses() {}

  /** In lower case, with single spaces around words and signs. */
  static List<String> of(String text) {
    return END.splitAsStream(VERSUS.matcher(text).replaceAll("versus"))
        .map(Clauses::plain)
        .flatMap(LONGEST::splitAsStream)
        .filter(clause -> !clause.isEmpty())
        .toList();
  }

  private static String plain(String clause) {
    String lower =
        clause
            .toLowerCase(Locale.ROOT)
            .replace("r/o", "rule out")
            .replace("and/or", "or")
            .replace("n't ", " not ");
    String words = NO_WORD.matcher(lower).replaceAll(" ");
    return BLANKS.matcher(SIGN.matcher(words).replaceAll(" $1 ")).replaceAll(" ").strip();
  }
}
