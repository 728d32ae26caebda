package io.radstream.deidentification.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Phrases, found in any case and with any white space, however many there are. */
final class Phrases {

  /** Told where a phrase stands. */
  @FunctionalInterface
  interface Found {
    void at(int start, int end);
  }

  /** By their first run of letters and digits. */
  private final Map<String, List<String>> byFirst = new HashMap<>();

  /**
   * @return whether the phrase has anything to be found by
   */
  boolean add(String phrase) {
    String bare = bare(phrase);
    int first = 0;
    while (first < bare.length() && !Character.isLetterOrDigit(bare.charAt(first))) {
      first++;
    }
    if (first == bare.length()) {
      return false;
    }
    String from = bare.substring(first);
    List<String> phrases = byFirst.computeIfAbsent(run(from, 0), run -> new ArrayList<>());
    phrases.add(from);
    phrases.sort(Comparator.comparing(String::length).reversed());
    return true;
  }

  void find(ReportText text, Found found) {
    String folded = text.folded();
    int i = 0;
    while (i < folded.length()) {
      if (!Character.isLetterOrDigit(folded.charAt(i))) {
        i++;
        continue;
      }
      String run = run(folded, i);
      for (String phrase : byFirst.getOrDefault(run.toLowerCase(Locale.ROOT), List.of())) {
        int end = end(folded, i, phrase);
        if (end > i && text.standsFree(i, end)) {
          found.at(i, end);
          break;
        }
      }
      i += run.length();
    }
  }

  /** Behind the phrase where it stands at the place; -1 where it does not. */
  private static int end(String text, int start, String phrase) {
    int at = start;
    for (int i = 0; i < phrase.length(); i++) {
      if (phrase.charAt(i) == ' ') {
        int space = at;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
          at++;
        }
        if (at == space) {
          return -1;
        }
      } else if (at < text.length() && Character.toLowerCase(text.charAt(at)) == phrase.charAt(i)) {
        at++;
      } else {
        return -1;
      }
    }
    return at;
  }

  private static String run(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  private static String bare(String phrase) {
    return new ReportText(phrase).folded().strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
