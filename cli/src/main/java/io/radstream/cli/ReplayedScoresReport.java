package io.radstream.cli;

import io.radstream.serving.arrivals.ReplayedScores;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/**
 * What came of scores that were had again, for people and for programs.
 *
 * @param stopped whether it was ended early
 */
record ReplayedScoresReport(ReplayedScores outcome, boolean stopped) {

  /** One line of JSON; {@code difference} is null where there is none. */
  record Summary(
      boolean identical,
      long same,
      long refused,
      Map<String, Long> notAgain,
      String otherMeans,
      Difference difference,
      boolean complete) {}

  record Difference(String topic, int partition, long offset, String what) {}

  void print(PrintWriter out) {
    out.printf("Scored again with the same bits: %d%n", outcome.same());
    if (outcome.refused() > 0) {
      out.printf("Could not be scored the first time: %d%n", outcome.refused());
    }
    outcome
        .notAgain()
        .forEach((why, count) -> out.printf("Could not be scored again: %d: %s%n", count, why));
    outcome.otherMeans().ifPresent(means -> out.println(upper(means)));
    outcome
        .difference()
        .ifPresent(
            first ->
                out.printf(
                    "Not the same: %s-%d, offset %d: %s%n",
                    first.score().getTopic(),
                    first.score().getPartition(),
                    first.score().getOffset(),
                    first.what()));
    if (stopped) {
      out.println("Ended early.");
    }
    out.flush();
  }

  private static String upper(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  Summary summary() {
    return new Summary(
        outcome.isIdentical(),
        outcome.same(),
        outcome.refused(),
        outcome.notAgain(),
        outcome.otherMeans().orElse(null),
        outcome
            .difference()
            .map(
                first ->
                    new Difference(
                        first.score().getTopic(),
                        first.score().getPartition(),
                        first.score().getOffset(),
                        first.what()))
            .orElse(null),
        !stopped);
  }
}
