package io.radstream.serving.http;

import io.radstream.serving.worklist.Standing;
import io.radstream.serving.worklist.WorklistOrder;
import io.radstream.serving.worklist.WorklistQuestion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the query of {@code /v1/worklist} asks for. */
final class WorklistRequest {

  private static final int USUAL = 50;
  private static final int MOST = 500;
  private static final int LONGEST_FINDING = 64;

  private WorklistRequest() {}

  /**
   * @throws ProblemException where it asks for what there cannot be
   */
  static WorklistQuestion of(RoutingContext context) {
    WorklistQuestion first =
        new WorklistQuestion(
            order(one(context, "order").orElse("priority")),
            one(context, "finding").map(WorklistRequest::finding),
            least(one(context, "least").orElse("0")),
            unread(one(context, "unread").orElse("false")),
            count(one(context, "count")),
            Optional.empty());
    Optional<Standing> after =
        one(context, "after").map(cursor -> WorklistCursor.read(cursor, first));
    return new WorklistQuestion(
        first.order(), first.finding(), first.least(), first.unread(), first.count(), after);
  }

  private static Optional<String> one(RoutingContext context, String name) {
    List<String> given = context.queryParam(name);
    if (given.size() > 1) {
      throw bad(name + " is there more than once");
    }
    return given.stream().findFirst();
  }

  private static WorklistOrder order(String name) {
    return Stream.of(WorklistOrder.values())
        .filter(order -> order.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> bad("order is priority, newest, uncertain or disagreement"));
  }

  private static String finding(String name) {
    if (name.isBlank() || name.length() > LONGEST_FINDING) {
      throw bad("finding has 1 to %d characters".formatted(LONGEST_FINDING));
    }
    return name;
  }

  private static double least(String text) {
    String wrong = "least is a number from 0 to 1";
    try {
      double least = Double.parseDouble(text);
      if (least >= 0 && least <= 1) {
        return least;
      }
    } catch (NumberFormatException e) {
      throw new ProblemException(Problem.badRequest("bad_question", wrong));
    }
    throw bad(wrong);
  }

  private static boolean unread(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad("unread is true or false");
    };
  }

  private static int count(Optional<String> given) {
    if (given.isEmpty()) {
      return USUAL;
    }
    try {
      int count = Integer.parseInt(given.get());
      if (count >= 1 && count <= MOST) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Told below, with numbers that are out of range.
    }
    throw bad("count is a number from 1 to %d".formatted(MOST));
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest("bad_question", detail));
  }
}
