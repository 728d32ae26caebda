package io.radstream.serving.training;

import io.radstream.schemas.Alarm;
import io.radstream.schemas.TrainingMetric;

/**
 * Drift that a run noticed: its incoming studies differ from those before.
 *
 * @param step optimizer steps done when it was noticed
 * @param statistic what differs, for example report_length
 * @param source name of the source in the run's configuration
 * @param value of the recent studies, in the statistic's unit; finite
 * @param reference of the studies before, likewise
 */
public record TrainingAlarm(
    long step, String statistic, String source, double value, double reference) {

  static TrainingAlarm of(TrainingMetric metric, Alarm alarm) {
    return new TrainingAlarm(
        metric.getStep(),
        alarm.getStatistic(),
        alarm.getSource(),
        alarm.getValue(),
        alarm.getReference());
  }

  boolean isFinite() {
    return Double.isFinite(value) && Double.isFinite(reference);
  }

  /** A run that goes on from a checkpoint takes steps again, and notices the same again. */
  boolean isOfTheSame(TrainingAlarm other) {
    return step == other.step && statistic.equals(other.statistic) && source.equals(other.source);
  }
}
