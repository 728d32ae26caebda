package io.radstream.serving.write;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.radstream.serving.score.DeadlineExceededException;
import io.radstream.serving.score.OverloadedException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What becomes of reports, and how long one waits for them. */
final class ReportMeters {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(2)
  };

  private enum Outcome {
    /** To its end. */
    WRITTEN,
    /** Cut at its greatest length. */
    CUT,
    FAILED,
    REJECTED,
    EXPIRED,
    CANCELLED;

    private static Outcome of(WrittenReport report, Throwable failure) {
      if (failure == null) {
        return report.end() == WrittenReport.End.END ? WRITTEN : CUT;
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

  private final MeterRegistry meters;
  private final Counter tokens;
  private final Timer wait;
  private final Timer firstToken;
  private final DistributionSummary together;

  /**
   * @param waiting reports that wait
   * @param writing reports that are being written
   */
  ReportMeters(MeterRegistry meters, Supplier<Number> waiting, Supplier<Number> writing) {
    this.meters = meters;
    for (Outcome outcome : Outcome.values()) {
      counter(outcome);
    }
    this.tokens =
        Counter.builder("radstream.report.tokens")
            .description("Tokens of reports that were finished, without the first")
            .register(meters);
    this.wait = timer("radstream.report.wait", "From the question to when the report was begun");
    this.firstToken = timer("radstream.report.first.token", "From the question to the first token");
    this.together =
        DistributionSummary.builder("radstream.report.together")
            .description("Reports that one step of the decoder wrote on")
            .serviceLevelObjectives(1, 2, 4, 8)
            .register(meters);
    Gauge.builder("radstream.reports.waiting", waiting)
        .description("Reports that wait to be written")
        .register(meters);
    Gauge.builder("radstream.reports.writing", writing)
        .description("Reports that are being written")
        .register(meters);
  }

  private Counter counter(Outcome outcome) {
    return Counter.builder("radstream.reports")
        .description("Reports that were asked for, by what became of them")
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(meters);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  /** By the monotonic clock, in nanoseconds. */
  long now() {
    return meters.config().clock().monotonicTime();
  }

  /**
   * @param report null where it failed
   * @param failure null where it did not
   */
  void ended(WrittenReport report, Throwable failure) {
    counter(Outcome.of(report, failure)).increment();
    if (failure == null) {
      tokens.increment(report.tokens() - 1);
    }
  }

  void begun(AskedReport asked) {
    wait.record(now() - asked.since(), TimeUnit.NANOSECONDS);
  }

  void wroteFirst(AskedReport asked) {
    firstToken.record(now() - asked.since(), TimeUnit.NANOSECONDS);
  }

  void stepped(int reports) {
    together.record(reports);
  }
}
