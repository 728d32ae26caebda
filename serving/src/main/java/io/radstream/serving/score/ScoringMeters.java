package io.radstream.serving.score;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** What becomes of studies, how long they wait, and how long the device takes for them. */
final class ScoringMeters implements MicroBatcher.Observer {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  private enum Outcome {
    ANSWERED,
    FAILED,
    /** Turned away, for there was no room. */
    REJECTED,
    /** Its deadline passed. */
    EXPIRED,
    /** Its client went. */
    CANCELLED;

    private static Outcome of(Throwable failure) {
      if (failure == null) {
        return ANSWERED;
      }
      if (failure instanceof OverloadedException) {
        return REJECTED;
      }
      if (failure instanceof DeadlineExceededException) {
        return EXPIRED;
      }
      return failure instanceof CancellationException ? CANCELLED : FAILED;
    }
  }

  private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
  private final DistributionSummary sizes;
  private final Counter unfamiliar;
  private final DistributionSummary familiarity;
  private final Timer waits;
  private final Timer passes;

  ScoringMeters(MeterRegistry meters, Admission admission) {
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(
          outcome,
          Counter.builder("radstream.scoring.studies")
              .description("Studies that were asked for, by what became of them")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
    this.sizes =
        DistributionSummary.builder("radstream.batch.size")
            .description("Studies in one pass through the network")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32)
            .register(meters);
    this.unfamiliar =
        Counter.builder("radstream.unfamiliar.studies")
            .description("Answered studies that are unlike those that the network knows")
            .register(meters);
    this.familiarity =
        DistributionSummary.builder("radstream.study.distance")
            .description("Distance of answered studies from known ones, in thresholds")
            .serviceLevelObjectives(0.25, 0.5, 0.75, 1, 1.5, 2, 4)
            .register(meters);
    this.waits = timer(meters, "radstream.scoring.wait", "From the question to its pass");
    this.passes = timer(meters, "radstream.scoring.pass", "Passes through the network");
    Gauge.builder("radstream.queue.depth", admission, Admission::studies)
        .description("Studies let in and not answered yet")
        .register(meters);
    Gauge.builder("radstream.queue.bytes", admission, Admission::bytes)
        .description("Of these, encoded and prepared")
        .register(meters);
  }

  private static Timer timer(MeterRegistry meters, String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  /**
   * @param failure null where a study was answered
   */
  void count(Throwable failure) {
    outcomes.get(Outcome.of(failure)).increment();
  }

  /** Takes how familiar an answered study is, where that is known. */
  void answered(ScoredStudy study) {
    study
        .reading()
        .familiarity()
        .ifPresent(
            known -> {
              familiarity.record(known.ratio());
              if (known.isUnfamiliar()) {
                unfamiliar.increment();
              }
            });
  }

  @Override
  public void begins(int studies) {
    sizes.record(studies);
  }

  @Override
  public void waited(long nanos) {
    waits.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void ended(long nanos) {
    passes.record(nanos, TimeUnit.NANOSECONDS);
  }
}
