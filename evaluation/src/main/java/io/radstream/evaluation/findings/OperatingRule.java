package io.radstream.evaluation.findings;

import io.radstream.evaluation.Scored;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Where a score becomes a yes: at least the threshold. Chosen on other studies than those that are
 * judged, else sensitivity and specificity look better than they are.
 */
public sealed interface OperatingRule {

  /** Where sensitivity + specificity − 1 is largest (Youden, Cancer 3, 1950); the highest such. */
  record Youden() implements OperatingRule {

    @Override
    public OptionalDouble threshold(List<Scored> scores) {
      return RocPoints.of(scores).youden();
    }

    @Override
    public String toString() {
      return "youden";
    }
  }

  /**
   * The highest threshold with such a sensitivity, so that specificity is the best that goes with
   * it.
   *
   * @param least over 0, at most 1
   */
  record Sensitivity(double least) implements OperatingRule {

    public Sensitivity {
      requireShare("sensitivity", least);
    }

    @Override
    public OptionalDouble threshold(List<Scored> scores) {
      return RocPoints.of(scores).sensitivity(least);
    }

    @Override
    public String toString() {
      return "sensitivity=" + least;
    }
  }

  /**
   * The lowest threshold with such a specificity; just above all scores where no score has it.
   *
   * @param least over 0, at most 1
   */
  record Specificity(double least) implements OperatingRule {

    public Specificity {
      requireShare("specificity", least);
    }

    @Override
    public OptionalDouble threshold(List<Scored> scores) {
      return RocPoints.of(scores).specificity(least);
    }

    @Override
    public String toString() {
      return "specificity=" + least;
    }
  }

  /**
   * @param scores of one finding
   * @return empty where either kind of study is missing
   */
  OptionalDouble threshold(List<Scored> scores);

  /**
   * @param text youden, sensitivity=X or specificity=X
   * @throws IllegalArgumentException where it is none of these
   */
  static OperatingRule of(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split("=", 2);
    return switch (parts.length == 1 ? parts[0] : parts[0] + "=") {
      case "youden" -> new Youden();
      case "sensitivity=" -> new Sensitivity(share(parts[1]));
      case "specificity=" -> new Specificity(share(parts[1]));
      default ->
          throw new IllegalArgumentException(
              "an operating point is youden, sensitivity=X or specificity=X, not " + text);
    };
  }

  private static double share(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(text + " is no number from 0 to 1", e);
    }
  }

  private static void requireShare(String what, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "a %s is over 0 and at most 1, not %s".formatted(what, share));
    }
  }
}
