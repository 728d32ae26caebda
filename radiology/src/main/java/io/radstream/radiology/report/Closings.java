package io.radstream.radiology.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a line goes over to what stands behind every report of a house, whatever it found:
 * attestations, signatures, codes. The sentences are in {@code closings.txt}, which says how they
 * are written.
 */
final class Closings {

  private static final String FILE = "closings.txt";

  private static final int LONGEST_NAME = 100;

  /** They end a sentence, or what stands before one. */
  private static final String MARKS = ".!?;:)]";

  private static final String BLANKS = " \t\n\u000B\f\r";

  private static final int MOST_BLANKS = 4;

  private static final String BY =
      "(?:dictated|transcribed|approved|verified|authenticated|finali[sz]ed|interpreted|read|"
          + "reviewed|reported|signed|edited|prepared|authori[sz]ed|released|validated)";

  private static final String REPORT =
      "(?:report|study|exam|examination|images?|films?|radiographs?|findings|interpretation)";

  private static final Pattern SENTENCE = read();

  private static final String NAME = "\\p{Lu}[\\p{L}.'’-]{0,30}";

  private static final String TITLE =
      "(?:M\\.?D|D\\.?O|MBBS|MBChB|FRCR|FRANZCR|FRCPC|Ph\\.?D|PhD)\\b\\.?";

  private static final String PROFESSION =
      "(?:(?i:consultant|attending|staff|diagnostic|resident|reporting|chief|board[- ]certified) )?"
          + "(?i:radiologist|radiology|radiologe|radiologin|radiologue|radi[oó]logo"
          + "|m[eé]dic[oa] radiolog(?:ista|o|a)|facharzt für radiologie)\\b";

  /** A line that is nothing but a reader's name, before or behind a title, or a profession. */
  private static final Pattern SIGNER =
      Pattern.compile(
          "(?:(?:Dr|Dra|Prof|Dott|Dott\\.ssa|DR|DRA|PROF|DOTT)\\b\\.?(?: med\\.?)?(?: NAME){1,4}"
                  .replace("NAME", NAME)
              + "|NAME(?:,? NAME){0,3},? TITLE".replace("NAME", NAME).replace("TITLE", TITLE)
              + "|"
              + PROFESSION
              + ")(?:,?(?: [-–])? [\\p{Lu}\\d][\\p{L}\\d./-]{0,20}){0,4}[.,]?\\s*");

  private Closings() {}

  /**
   * @param begin offset in the line of the sentence
   * @param end offset behind what makes it known
   */
  record Closing(int begin, int end) {}

  /**
   * @param line a line of a report
   * @param from where its text begins
   * @param begins whether no sentence of the line before goes on in it, as before a name
   */
  static Optional<Closing> in(String line, int from, boolean begins) {
    if (begins
        && line.length() - from <= LONGEST_NAME
        && SIGNER.matcher(line).region(from, line.length()).matches()) {
      return Optional.of(new Closing(from, line.length()));
    }
    Matcher sentence = SENTENCE.matcher(line).useTransparentBounds(true);
    for (int at = from; at < line.length(); at++) {
      if ((at == from || isBehindMark(line, at))
          && sentence.region(at, line.length()).lookingAt()) {
        return Optional.of(new Closing(at, sentence.end()));
      }
    }
    return Optional.empty();
  }

  /** Whether a few blanks stand between a mark that ends a sentence and this place. */
  private static boolean isBehindMark(String line, int at) {
    int end = at;
    while (end > 0 && at - end < MOST_BLANKS && BLANKS.indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    return end < at && end > 0 && MARKS.indexOf(line.charAt(end - 1)) >= 0;
  }

  private static Pattern read() {
    try (InputStream in = Closings.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String beginnings =
          lines
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .collect(Collectors.joining("|"))
              .replace("{by}", BY)
              .replace("{report}", REPORT);
      return Pattern.compile(
          "[(<\"“]?(?:" + beginnings + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    } catch (IOException e) {
      throw new UncheckedIOException("%s is part of the program".formatted(FILE), e);
    }
  }
}
