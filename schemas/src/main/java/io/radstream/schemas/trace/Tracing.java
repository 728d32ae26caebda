package io.radstream.schemas.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Begins spans, or does nothing at all where nobody asked for them. Never waits, and never fails
 * what it tells of. Thread-safe.
 */
public final class Tracing {

  private static final Tracing OFF = new Tracing(Optional.empty(), SpanCounts.NONE);
  private static final String SCOPE = "io.radstream";

  private final Optional<Tracer> tracer;
  private final SpanCounts counts;

  private Tracing(Optional<Tracer> tracer, SpanCounts counts) {
    this.tracer = tracer;
    this.counts = counts;
  }

  /** No spans, no headers. */
  public static Tracing off() {
    return OFF;
  }

  /**
   * @param provider whose ids and samples go by {@link SpanPlan#current}
   * @param counts what becomes of its spans
   */
  public static Tracing by(TracerProvider provider, SpanCounts counts) {
    return new Tracing(Optional.of(provider.get(SCOPE)), counts);
  }

  /** Whether spans are made; where they are not, nothing need be gathered for them. */
  public boolean isOn() {
    return tracer.isPresent();
  }

  /** What has become of the spans so far. */
  public SpanCounts counts() {
    return counts;
  }

  /**
   * Begins a span, which its caller ends.
   *
   * @param parent an invalid context for none
   * @param details adds kind, links and attributes
   * @return a span that does nothing, and whose context is invalid, where spans are not made
   */
  public Span begin(String name, SpanPlan plan, SpanContext parent, Consumer<SpanBuilder> details) {
    if (tracer.isEmpty()) {
      return Span.getInvalid();
    }
    SpanBuilder builder = tracer.get().spanBuilder(name);
    if (parent.isValid()) {
      builder.setParent(Context.root().with(Span.wrap(parent)));
    } else {
      builder.setNoParent();
    }
    details.accept(builder);
    return plan.during(builder::startSpan);
  }
}
