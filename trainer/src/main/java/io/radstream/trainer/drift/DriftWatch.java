package io.radstream.trainer.drift;

import io.radstream.schemas.Alarm;
import io.radstream.trainer.config.Drift;
import io.radstream.trainer.feed.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches what a following run has coming in: report length, how unusual the words are, number of
 * views, brightness and contrast of each new study, source by source; and the loss of batches
 * before they change the weights, of all sources together and with the older studies that are mixed
 * in. A process begins to watch anew. Not thread-safe.
 */
public final class DriftWatch {

  /** Of a statistic that is not of one source. */
  public static final String ALL_SOURCES = "all";

  private static final int LEAST_STEPS = 10;

  private final Drift drift;
  private final Map<String, SourceWatch> sources = new HashMap<>();
  private final WatchedStatistic loss;

  /**
   * @param batch studies of a step
   */
  public DriftWatch(Drift drift, int batch) {
    this.drift = drift;
    int steps = Math.max(LEAST_STEPS, drift.window() / batch);
    int before = Math.max(steps, drift.reference() / batch);
    this.loss =
        new WatchedStatistic(
            "loss", ALL_SOURCES, new Drift(steps, before, drift.threshold()), true);
  }

  /**
   * @param draft of a step that was taken
   * @param total loss of that step, before its update
   * @return what was noticed; empty mostly
   */
  public List<Alarm> see(Draft draft, double total) {
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < draft.arrived(); i++) {
      alarms.addAll(
          sources
              .computeIfAbsent(
                  draft.reads().get(i).source(), source -> new SourceWatch(source, drift))
              .see(draft.studies().get(i)));
    }
    if (draft.arrived() > 0) {
      loss.see(total).ifPresent(alarms::add);
    }
    return alarms;
  }
}
