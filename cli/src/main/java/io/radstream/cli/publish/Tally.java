package io.radstream.cli.publish;

import io.radstream.schemas.RejectionReason;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a source stands. What was received is known, published, refused, failed, or waits.
 *
 * @param known what was sent before, and is not sent again
 * @param published what the cluster has acknowledged
 * @param failed what the cluster did not take; it may come again
 */
record Tally(
    long received, long known, long published, Map<RejectionReason, Long> refused, long failed) {

  private long refusedTotal() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  private long waiting() {
    return received - known - published - refusedTotal() - failed;
  }

  /** As "received 9, published 5, known 1, refused 2 (NO_VIEW 2), failed 0, waiting 1". */
  @Override
  public String toString() {
    return "received %d, published %d, known %d, refused %d%s, failed %d, waiting %d"
        .formatted(received, published, known, refusedTotal(), reasons(), failed, waiting());
  }

  /**
   * What wants to be looked at comes first, for where there is little room; what is 0 is left out.
   */
  String brief() {
    return Stream.of(
            counted("failed", failed),
            counted("refused", refusedTotal()) + reasons(),
            counted("waiting", waiting()),
            counted("known", known),
            counted("published", published))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String counted(String what, long count) {
    return count == 0 ? "" : what + " " + count;
  }

  private String reasons() {
    return refused.isEmpty()
        ? ""
        : refused.entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
