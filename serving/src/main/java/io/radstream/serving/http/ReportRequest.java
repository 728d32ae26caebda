package io.radstream.serving.http;

import io.radstream.serving.write.ReportQuestion;
import io.radstream.serving.write.ReportQuestion.Draw;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How {@code /v1/report} is asked.
 *
 * @param streamed whether the text is wanted piece by piece
 */
record ReportRequest(ReportQuestion question, boolean streamed) {

  /**
   * @throws ProblemException where it asks for what there cannot be
   */
  static ReportRequest of(RoutingContext context) {
    try {
      return new ReportRequest(
          new ReportQuestion(
              integer(context, "beams").orElse(1), integer(context, "maxTokens"), draw(context)),
          isStreamed(context));
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage());
    }
  }

  /** Who asks for JSON gets the whole at once. */
  private static boolean isStreamed(RoutingContext context) {
    String accepted =
        String.join(",", context.request().headers().getAll("Accept")).toLowerCase(Locale.ROOT);
    return accepted.contains(ReportStream.MEDIA_TYPE) || !accepted.contains(Json.MEDIA_TYPE);
  }

  private static Optional<Draw> draw(RoutingContext context) {
    if (Stream.of("temperature", "topK", "topP", "seed")
        .allMatch(name -> context.queryParam(name).isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Draw(
            number(context, "temperature").orElse(1.0),
            integer(context, "topK").orElse(Integer.MAX_VALUE),
            number(context, "topP").orElse(1.0),
            one(context, "seed")
                .map(text -> read(text, Long::valueOf, "seed is a whole number of 64 bits"))
                .orElse(0L)));
  }

  private static OptionalInt integer(RoutingContext context, String name) {
    return one(context, name)
        .map(text -> OptionalInt.of(read(text, Integer::valueOf, name + " is a whole number")))
        .orElse(OptionalInt.empty());
  }

  private static Optional<Double> number(RoutingContext context, String name) {
    return one(context, name).map(text -> read(text, Double::valueOf, name + " is a number"));
  }

  private static <T> T read(String text, Function<String, T> reader, String expected) {
    try {
      return reader.apply(text);
    } catch (NumberFormatException e) {
      throw bad(expected);
    }
  }

  private static Optional<String> one(RoutingContext context, String name) {
    List<String> given = context.queryParam(name);
    if (given.size() > 1) {
      throw bad(name + " is there more than once");
    }
    return given.stream().findFirst();
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest("bad_question", detail));
  }
}
