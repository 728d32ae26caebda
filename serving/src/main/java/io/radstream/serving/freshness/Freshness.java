package io.radstream.serving.freshness;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.TrainingMetric;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.freshness.LineReads.Fresh;
import io.radstream.serving.score.ModelIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long it takes from a study's arrival to the first live checkpoint that has learned
 * from it. What was live when this service first looked does not count, since it is not known since
 * when, unless all of its line was announced later than this service began. Thread-safe; the meters
 * wait for nothing, however much is being read.
 */
public final class Freshness {

  private static final double MILLIS = 1e3;

  /** A line is a name that whoever writes the topic chooses. */
  private static final int MOST_LINES = 64;

  private record Shown(double studies, double seconds, double oldest, double newestArrival) {}

  private final Map<String, LineReads> lines = new HashMap<>();
  private final InstantSource clock;
  private final Instant began;
  private Optional<ModelIdentity> live = Optional.empty();
  private double studies;
  private double seconds;
  private double oldest = Double.NaN;
  private volatile Shown shown = new Shown(0, 0, Double.NaN, Double.NaN);

  public Freshness(MeterRegistry meters, InstantSource clock) {
    this.clock = clock;
    this.began = clock.instant();
    FunctionTimer.builder(
            "radstream.freshness",
            this,
            it -> (long) it.shown.studies(),
            it -> it.shown.seconds(),
            TimeUnit.SECONDS)
        .description("From a study's arrival to the first live checkpoint that has learned from it")
        .register(meters);
    Gauge.builder("radstream.freshness.oldest", this, it -> it.shown.oldest())
        .description("The longest of these times among the studies that were last learned from")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder(
            "radstream.freshness.newest.arrival.timestamp", this, it -> it.shown.newestArrival())
        .description("When the newest study arrived that the live checkpoint has learned from")
        .baseUnit("seconds")
        .register(meters);
  }

  /** Takes what runs tell, in the order of the topic. */
  public synchronized void read(List<TrainingMetric> metrics) {
    for (TrainingMetric metric : metrics) {
      Optional<FirstRead> read = FirstRead.of(metric);
      Optional<LineReads> line = read.flatMap(studies -> line(metric.getLine()));
      line.ifPresent(known -> count(known.read(metric.getRunId(), read.get())));
    }
    show();
  }

  /**
   * Takes which checkpoint answers now.
   *
   * @param announced all that are known
   */
  public synchronized void live(Optional<ModelIdentity> model, List<KnownCheckpoint> announced) {
    if (!model.equals(live)) {
      live = model;
      model.ifPresent(answers -> live(answers, areNew(answers.line(), announced)));
      show();
    }
  }

  private void live(ModelIdentity answers, boolean isFirst) {
    line(answers.line())
        .ifPresent(known -> count(known.live(answers.step(), clock.instant(), isFirst)));
  }

  private boolean areNew(String line, List<KnownCheckpoint> announced) {
    return announced.stream()
        .filter(checkpoint -> checkpoint.line().equals(line))
        .allMatch(checkpoint -> checkpoint.announcedAt().isAfter(began));
  }

  private Optional<LineReads> line(String name) {
    if (lines.size() < MOST_LINES) {
      lines.computeIfAbsent(name, unknown -> new LineReads());
    }
    return Optional.ofNullable(lines.get(name));
  }

  private void count(List<Fresh> fresh) {
    if (fresh.isEmpty()) {
      return;
    }
    oldest = 0;
    for (Fresh read : fresh) {
      double since = read.live().toEpochMilli() / MILLIS;
      studies += read.studies().count();
      seconds += Math.max(0, read.studies().count() * (since - read.studies().mean()));
      oldest = Math.max(oldest, since - read.studies().oldest());
    }
  }

  private void show() {
    shown = new Shown(studies, seconds, oldest, newestArrival());
  }

  private double newestArrival() {
    return live.flatMap(
            model ->
                Optional.ofNullable(lines.get(model.line()))
                    .map(known -> known.newestAt(model.step()).orElse(Double.NaN)))
        .orElse(Double.NaN);
  }
}
