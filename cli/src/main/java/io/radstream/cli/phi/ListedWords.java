package io.radstream.cli.phi;

import com.github.curiousoddman.rgxgen.RgxGen;
import com.github.curiousoddman.rgxgen.config.RgxGenOption;
import com.github.curiousoddman.rgxgen.config.RgxGenProperties;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.radstream.deidentification.text.SiteList.Entry;
import io.radstream.radiology.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a site's own list names, written as a report would have it.
 *
 * @param planted what is planted
 * @param left lines of the list that cannot be tried this way
 */
record ListedWords(List<Word> planted, List<Integer> left) {

  private static final String SENTENCE = "There is %s again.";
  private static final int BEFORE = SENTENCE.indexOf('%');

  /** Longer ones are what an expression without bounds makes. */
  private static final int LONGEST = 300;

  private static final int FEWEST_DIGITS = 6;

  /** Of what an expression may repeat without a bound. */
  private static final int REPETITIONS = 3;

  /** At the beginning, as {@code (?i)}; what makes the texts does not know them. */
  private static final Pattern FLAGS = Pattern.compile("^\\(\\?[imsU]+\\)");

  /** What the scrubber puts in the place of things. */
  private static final String PUT_IN = "XXXX";

  /**
   * @param line of the list, from 1
   */
  record Word(int line, String text) {

    String sentence() {
      return SENTENCE.formatted(text);
    }

    /** Whether a text has it as a whole, in any case and with any white space. */
    boolean isIn(String report) {
      String words = plain(report);
      String wanted = plain(text);
      for (int at = words.indexOf(wanted); at >= 0; at = words.indexOf(wanted, at + 1)) {
        if (!isOfAWord(words, at - 1) && !isOfAWord(words, at + wanted.length())) {
          return true;
        }
      }
      return false;
    }

    private static String plain(String text) {
      return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    }

    private static boolean isOfAWord(String text, int at) {
      return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
  }

  ListedWords {
    planted = List.copyOf(planted);
    left = List.copyOf(left);
  }

  static ListedWords of(List<Entry> list, CounterRandom random) {
    List<Word> planted = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    for (Entry entry : list) {
      Optional<String> text =
          entry.expression() ? example(entry.text(), random) : Optional.of(entry.text());
      text.filter(ListedWords::canBeTold)
          .ifPresentOrElse(
              word -> planted.add(new Word(entry.line(), word)), () -> left.add(entry.line()));
    }
    return new ListedWords(planted, left);
  }

  /**
   * What one of several studies is given.
   *
   * @param index from 0
   */
  List<Word> share(int index, int studies) {
    return IntStream.range(0, planted.size())
        .filter(i -> i % studies == index)
        .mapToObj(planted::get)
        .toList();
  }

  /** What could stand in any report by chance says nothing where it comes out. */
  private static boolean canBeTold(String text) {
    boolean letter = text.codePoints().anyMatch(Character::isLetter);
    long digits = text.codePoints().filter(Character::isDigit).count();
    return text.length() > 1
        && (letter || digits >= FEWEST_DIGITS)
        && !text.equalsIgnoreCase(PUT_IN);
  }

  /** A text that an expression takes out of the sentence: not one that is bound to its ends. */
  private static Optional<String> example(String expression, CounterRandom random) {
    RgxGenProperties properties = new RgxGenProperties();
    RgxGenOption.INFINITE_PATTERN_REPETITION.setInProperties(properties, REPETITIONS);
    String text;
    try {
      text =
          RgxGen.parse(properties, FLAGS.matcher(expression).replaceFirst(""))
              .generate(random)
              .strip();
    } catch (RuntimeException e) {
      // Not all that RE2 takes is known to it, and it says so in several ways.
      return Optional.empty();
    }
    boolean plain = text.codePoints().noneMatch(Character::isISOControl);
    return plain && text.length() <= LONGEST && takes(expression, text)
        ? Optional.of(text)
        : Optional.empty();
  }

  private static boolean takes(String expression, String text) {
    Matcher matcher = Pattern.compile(expression).matcher(SENTENCE.formatted(text));
    while (matcher.find()) {
      if (matcher.end() > BEFORE && matcher.start() < BEFORE + text.length()) {
        return true;
      }
    }
    return false;
  }
}
