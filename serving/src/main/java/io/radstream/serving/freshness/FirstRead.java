package io.radstream.serving.freshness;

import io.radstream.schemas.TrainingMetric;
import java.util.Map;
import java.util.Optional;

/**
 * Studies that a run has read for the first time, as it told of them.
 *
 * @param step that the line had behind it then
 * @param count of the studies, at least 1
 * @param oldest when the first of them arrived, in seconds since the epoch
 * @param mean on average
 * @param newest when the last of them arrived
 */
record FirstRead(long step, double count, double oldest, double mean, double newest) {

  /** Empty where the figures tell of none, or not in numbers that can be. */
  static Optional<FirstRead> of(TrainingMetric metric) {
    Map<String, Double> values = metric.getValues();
    FirstRead read =
        new FirstRead(
            metric.getStep(),
            value(values, "first_read_studies"),
            value(values, "first_read_oldest_arrival"),
            value(values, "first_read_mean_arrival"),
            value(values, "first_read_newest_arrival"));
    return Optional.of(read).filter(FirstRead::isPossible);
  }

  private static double value(Map<String, Double> values, String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  private boolean isPossible() {
    return count >= 1
        && Double.isFinite(count)
        && oldest >= 0
        && oldest <= mean
        && mean <= newest
        && Double.isFinite(newest);
  }

  /** Both, as if told at once with the later. */
  FirstRead and(FirstRead later) {
    double all = count + later.count;
    return new FirstRead(
        later.step,
        all,
        Math.min(oldest, later.oldest),
        (count * mean + later.count * later.mean) / all,
        Math.max(newest, later.newest));
  }
}
