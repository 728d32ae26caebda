package io.radstream.cli.reports;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text as the tokens that figures count. */
final class ReportWords {

  /** Words and numbers; what stands between them is no token. */
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  private ReportWords() {}

  /** In lower case. */
  static List<String> of(String text) {
    return TOKEN.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }
}
