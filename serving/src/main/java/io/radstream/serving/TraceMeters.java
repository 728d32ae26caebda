package io.radstream.serving;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.trace.SpanCounts;
import java.util.function.ToDoubleFunction;

/** Shows what becomes of spans; nothing does where none are made. */
public final class TraceMeters {

  private TraceMeters() {}

  /** Adds their figures. */
  public static void register(SpanCounts counts, MeterRegistry meters) {
    register(counts, meters, "sent", SpanCounts::sent);
    register(counts, meters, "lost", SpanCounts::lost);
  }

  private static void register(
      SpanCounts counts, MeterRegistry meters, String outcome, ToDoubleFunction<SpanCounts> of) {
    FunctionCounter.builder("radstream.traces.spans", counts, of)
        .description("Spans, by whether the collector has taken them")
        .tag("outcome", outcome)
        .register(meters);
  }
}
