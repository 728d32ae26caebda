package io.radstream.serving.http;

import io.radstream.model.explain.MapKind;
import io.radstream.serving.score.ExplainedQuestion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the query of {@code /v1/explain} asks for.
 *
 * @param threshold 0 to 1; boxes are around what is above
 * @param overlay whether pictures are wanted
 */
record ExplainRequest(ExplainedQuestion question, double threshold, boolean overlay) {

  private static final int LONGEST_PROMPT = 500;
  private static final String DEFAULT_THRESHOLD = "0.2";

  /**
   * @throws ProblemException where it asks for nothing, or for what there cannot be
   */
  static ExplainRequest of(RoutingContext context) {
    Optional<String> finding = one(context, "finding");
    Optional<String> prompt = one(context, "prompt");
    if (finding.isPresent() == prompt.isPresent()) {
      throw bad("name either a finding or, as prompt, a sentence as reports have them");
    }
    MapKind kind = kind(one(context, "map").orElse("gradient"));
    return new ExplainRequest(
        finding
            .<ExplainedQuestion>map(name -> new ExplainedQuestion.Finding(name, kind))
            .orElseGet(() -> new ExplainedQuestion.Words(words(prompt.orElseThrow()), kind)),
        threshold(one(context, "threshold").orElse(DEFAULT_THRESHOLD)),
        overlay(one(context, "overlay").orElse("true")));
  }

  private static Optional<String> one(RoutingContext context, String name) {
    List<String> given = context.queryParam(name);
    if (given.size() > 1) {
      throw bad(name + " is there more than once");
    }
    return given.stream().findFirst();
  }

  private static String words(String prompt) {
    if (prompt.isBlank() || prompt.length() > LONGEST_PROMPT) {
      throw bad("prompt has 1 to %d characters".formatted(LONGEST_PROMPT));
    }
    return prompt;
  }

  private static MapKind kind(String name) {
    return Stream.of(MapKind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> bad("map is gradient, activation or attention"));
  }

  private static double threshold(String text) {
    String wrong = "threshold is a number from 0 to 1";
    try {
      double threshold = Double.parseDouble(text);
      if (threshold >= 0 && threshold <= 1) {
        return threshold;
      }
    } catch (NumberFormatException e) {
      throw new ProblemException(Problem.badRequest("bad_question", wrong));
    }
    throw bad(wrong);
  }

  private static boolean overlay(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad("overlay is true or false");
    };
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest("bad_question", detail));
  }
}
