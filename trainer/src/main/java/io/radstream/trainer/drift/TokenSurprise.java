package io.radstream.trainer.drift;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How unusual the words of a report are: nats for each token under the frequencies of tokens in the
 * first reports. Those are learned once, so that what is usual later is measured by the same rule.
 */
final class TokenSurprise {

  private final int learned;
  private final Map<Integer, Long> counts = new HashMap<>();
  private long reports;
  private long tokens;

  /**
   * @param learned reports that the frequencies are counted over
   */
  TokenSurprise(int learned) {
    this.learned = learned;
  }

  /** Empty while the frequencies are still learned. */
  OptionalDouble of(int[] report) {
    if (reports < learned) {
      for (int token : report) {
        counts.merge(token, 1L, Long::sum);
      }
      tokens += report.length;
      reports++;
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (int token : report) {
      sum -= Math.log((counts.getOrDefault(token, 0L) + 1.0) / (tokens + counts.size() + 1.0));
    }
    return OptionalDouble.of(sum / report.length);
  }
}
