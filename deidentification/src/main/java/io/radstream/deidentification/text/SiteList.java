package io.radstream.deidentification.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A site's own words and expressions, one a line: a word or phrase as it stands, in any case; an
 * expression of RE2 between slashes; nothing where the line begins with #. RE2 needs no more time
 * for a bad expression than for a good one.
 */
public final class SiteList implements Finder {

  /** Finds nothing. */
  public static final SiteList EMPTY = new SiteList(new Phrases(), List.of(), List.of());

  private static final int MAX_LINES = 100_000;

  private final Phrases phrases;
  private final List<Pattern> expressions;
  private final List<Entry> entries;

  /**
   * What one line has.
   *
   * @param line from 1
   * @param text as it stands; of an expression, what stands between the slashes
   */
  public record Entry(int line, String text, boolean expression) {}

  private SiteList(Phrases phrases, List<Pattern> expressions, List<Entry> entries) {
    this.phrases = phrases;
    this.expressions = List.copyOf(expressions);
    this.entries = List.copyOf(entries);
  }

  /**
   * @throws IOException where the file cannot be read as UTF-8
   * @throws IllegalArgumentException where a line is no expression; names the line, not its content
   */
  public static SiteList read(Path file) throws IOException {
    try {
      return of(Files.readAllLines(file));
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8 text", e);
    }
  }

  /**
   * @throws IllegalArgumentException where a line is no expression; names the line, not its content
   */
  public static SiteList of(List<String> lines) {
    if (lines.size() > MAX_LINES) {
      throw new IllegalArgumentException("it has more than " + MAX_LINES + " lines");
    }
    Phrases phrases = new Phrases();
    List<Pattern> expressions = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.length() > 2 && line.startsWith("/") && line.endsWith("/")) {
        String expression = line.substring(1, line.length() - 1);
        expressions.add(expression(expression, i + 1));
        entries.add(new Entry(i + 1, expression, true));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        if (!phrases.add(line)) {
          throw new IllegalArgumentException(
              "line " + (i + 1) + " has neither a letter nor a digit");
        }
        entries.add(new Entry(i + 1, line, false));
      }
    }
    return new SiteList(phrases, expressions, entries);
  }

  private static Pattern expression(String expression, int line) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      // Its message would quote the line.
      throw new IllegalArgumentException("line " + line + " is no expression of RE2");
    }
    if (pattern.matches("")) {
      throw new IllegalArgumentException("line " + line + " fits an empty text");
    }
    return pattern;
  }

  /** All that it has, in its order. */
  public List<Entry> entries() {
    return entries;
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    phrases.find(text, (start, end) -> found.accept(Span.out(start, end, Kind.LISTED)));
    for (Pattern expression : expressions) {
      Matcher matcher = expression.matcher(text.folded());
      while (matcher.find()) {
        if (matcher.end() > matcher.start()) {
          found.accept(Span.out(matcher.start(), matcher.end(), Kind.LISTED));
        }
      }
    }
  }
}
