package io.radstream.serving.training;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.TrainingMetric;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the run that reported last has told last, for who watches the service. The figures are a
 * fixed list: names on the topic are a run's to choose. Thread-safe.
 */
final class TrainingMeters {

  static final List<String> FIGURES =
      List.of(
          "loss",
          "validation_loss",
          "gradient_norm",
          "studies_per_second",
          "data_wait_seconds",
          "step_seconds",
          "epoch",
          "lag");

  private static final double MILLIS = 1e3;

  private final Map<String, Double> figures = new ConcurrentHashMap<>();
  private volatile double step = Double.NaN;
  private volatile double reported = Double.NaN;
  private volatile double alarm = Double.NaN;

  TrainingMeters(MeterRegistry meters) {
    for (String figure : FIGURES) {
      Gauge.builder("radstream.training.figure", this, training -> training.figure(figure))
          .description("A figure of the run that reported last, as it was told last")
          .tag("figure", figure)
          .register(meters);
    }
    Gauge.builder("radstream.training.step", this, training -> training.step)
        .description("Optimizer steps behind the run that reported last")
        .register(meters);
    Gauge.builder("radstream.training.report.timestamp", this, training -> training.reported)
        .description("When a run reported last")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("radstream.drift.last.alarm.timestamp", this, training -> training.alarm)
        .description("When the run that reported last noticed drift last")
        .baseUnit("seconds")
        .register(meters);
  }

  private double figure(String name) {
    return figures.getOrDefault(name, Double.NaN);
  }

  /** Forgets what another run told. */
  void restart() {
    figures.clear();
    alarm = Double.NaN;
  }

  void take(TrainingMetric metric) {
    step = metric.getStep();
    reported = metric.getTime().toEpochMilli() / MILLIS;
    for (String figure : FIGURES) {
      Double value = metric.getValues().get(figure);
      if (value != null && Double.isFinite(value)) {
        figures.put(figure, value);
      }
    }
    if (!metric.getAlarms().isEmpty()) {
      alarm = reported;
    }
  }
}
