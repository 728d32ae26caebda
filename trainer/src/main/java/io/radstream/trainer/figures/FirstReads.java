package io.radstream.trainer.figures;

import io.radstream.trainer.feed.Draft;
import java.util.Map;

/**
 * When the studies arrived that a run reads for the first time. A finite run reads a study first in
 * epoch 0; one that follows the stream, when it arrives. For one thread.
 */
public final class FirstReads {

  private static final double MILLIS = 1e3;

  private final boolean follows;
  private long count;
  private double sum;
  private long oldest = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;

  /**
   * @param follows whether the run follows the stream
   */
  public FirstReads(boolean follows) {
    this.follows = follows;
  }

  /** Sees the studies of a step. */
  public void see(Draft draft) {
    for (int i = 0; i < draft.reads().size(); i++) {
      long arrived = draft.arrivedAt(i);
      boolean first = follows ? i < draft.arrived() : draft.reads().get(i).draw() == 0;
      if (first && arrived >= 0) {
        count++;
        sum += arrived / MILLIS;
        oldest = Math.min(oldest, arrived);
        newest = Math.max(newest, arrived);
      }
    }
  }

  /** Whether any was seen since the last call of {@link #take}. */
  public boolean any() {
    return count > 0;
  }

  /** Figures of what was seen since the last call; none where nothing was. */
  public Map<String, Double> take() {
    if (count == 0) {
      return Map.of();
    }
    Map<String, Double> figures =
        Map.of(
            MetricNames.FIRST_READ, (double) count,
            MetricNames.FIRST_READ_OLDEST, oldest / MILLIS,
            MetricNames.FIRST_READ_MEAN, sum / count,
            MetricNames.FIRST_READ_NEWEST, newest / MILLIS);
    count = 0;
    sum = 0;
    oldest = Long.MAX_VALUE;
    newest = Long.MIN_VALUE;
    return figures;
  }
}
