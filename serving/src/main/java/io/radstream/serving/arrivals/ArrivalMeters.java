package io.radstream.serving.arrivals;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.radstream.schemas.StudyScore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How many arrivals were scored, how long after they came, and how many wait. */
final class ArrivalMeters {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofHours(1)
  };

  private final Counter scored;
  private final Counter refused;
  private final Timer latency;
  private final AtomicLong lag;

  ArrivalMeters(MeterRegistry meters) {
    this.scored = counter(meters, "scored");
    this.refused = counter(meters, "refused");
    this.latency =
        Timer.builder("radstream.arrivals.latency")
            .description("From a study's arrival to its score on the topic")
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
    this.lag = new AtomicLong();
    Gauge.builder("radstream.arrivals.lag", lag, AtomicLong::get)
        .description("Arrivals of this instance's partitions that are not scored yet")
        .register(meters);
  }

  private static Counter counter(MeterRegistry meters, String outcome) {
    return Counter.builder("radstream.arrivals")
        .description("Arrivals that are dealt with")
        .tag("outcome", outcome)
        .register(meters);
  }

  void written(List<StudyScore> scores, long waiting) {
    for (StudyScore score : scores) {
      if (score.getRefused() == null) {
        scored.increment();
        latency.record(Duration.ofNanos(Math.round(score.getLatencyMillis() * 1e6)));
      } else {
        refused.increment();
      }
    }
    lag.set(waiting);
  }
}
