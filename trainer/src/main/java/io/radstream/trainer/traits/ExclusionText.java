package io.radstream.trainer.traits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads exclusions as they are written on a command line. */
public final class ExclusionText {

  private static final Pattern BETWEEN = Pattern.compile(",(?=[a-z]+=)");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9}):(\\d{1,18})-(\\d{1,18})");
  private static final Pattern STEPS = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  private ExclusionText() {}

  /**
   * @param text {@code study=ID}, {@code studies=FILE} (ids, one a line), {@code range=P:FROM-TO}
   *     (offsets), {@code steps=FROM-TO}, or a trait and its value; several with commas between
   * @throws IllegalArgumentException where it is none of these
   * @throws IOException where the file of studies cannot be read
   */
  public static Exclusion parse(String text) throws IOException {
    List<Condition> conditions = new ArrayList<>();
    for (String part : BETWEEN.split(text, -1)) {
      conditions.add(condition(part));
    }
    return new Exclusion(conditions);
  }

  private static Condition condition(String part) throws IOException {
    int equals = part.indexOf('=');
    String value = part.substring(equals + 1).strip();
    if (equals < 0 || value.isEmpty()) {
      throw new IllegalArgumentException(
          "not KEY=VALUE: what is left out is named by study, studies, range, steps, " + traits());
    }
    String key = part.substring(0, equals).strip();
    return switch (key) {
      case "study" -> new Condition.Studies(Set.of(value));
      case "studies" -> new Condition.Studies(ids(Path.of(value)));
      case "range" -> range(value);
      case "steps" -> steps(value);
      default -> new Condition.Has(trait(key), value);
    };
  }

  private static Trait trait(String key) {
    return Arrays.stream(Trait.values())
        .filter(trait -> trait.label().equals(key.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is nothing that studies are known by; there are study, studies, range, steps, %s"
                        .formatted(key, traits())));
  }

  private static String traits() {
    return Arrays.stream(Trait.values()).map(Trait::label).collect(Collectors.joining(", "));
  }

  private static Set<String> ids(Path file) throws IOException {
    Set<String> ids =
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.toSet());
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("file %s names no study".formatted(file));
    }
    return ids;
  }

  private static Condition range(String value) {
    Matcher range =
        matching(RANGE, value)
            .orElseThrow(
                () ->
                    new IllegalArgumentException("not PARTITION:FROM-TO, as 0:120-180: " + value));
    return new Condition.Range(
        Integer.parseInt(range.group(1)), number(range, 2), number(range, 3));
  }

  private static Condition steps(String value) {
    Matcher steps =
        matching(STEPS, value)
            .orElseThrow(() -> new IllegalArgumentException("not FROM-TO, as 120-180: " + value));
    return new Condition.Steps(number(steps, 1), number(steps, 2));
  }

  private static Optional<Matcher> matching(Pattern pattern, String value) {
    Matcher matcher = pattern.matcher(value);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }
}
