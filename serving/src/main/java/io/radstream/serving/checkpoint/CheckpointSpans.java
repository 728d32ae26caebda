package io.radstream.serving.checkpoint;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.radstream.schemas.trace.SpanPlan;
import io.radstream.schemas.trace.SpanPlan.Keeping;
import io.radstream.schemas.trace.TraceFields;
import io.radstream.schemas.trace.Tracing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Spans of what a service does with checkpoints, in the traces that these were trained in, and
 * where those traces are, so that an answer can be linked to the checkpoint that gave it.
 * Thread-safe.
 */
public final class CheckpointSpans {

  /** As {@link Announcements} remembers; the oldest leave. */
  private static final int REMEMBERED = 10_000;

  private final Tracing tracing;
  private final String instance;
  private final AtomicLong number = new AtomicLong();
  private final Map<String, SpanContext> announced = new LinkedHashMap<>();

  /**
   * @param instance name of this service that no other one has
   */
  public CheckpointSpans(Tracing tracing, String instance) {
    this.tracing = tracing;
    this.instance = instance;
  }

  /** No spans. */
  public static CheckpointSpans none() {
    return new CheckpointSpans(Tracing.off(), "");
  }

  /**
   * Remembers where a checkpoint comes from; what was announced last counts.
   *
   * @param origin that its announcement carries
   */
  synchronized void announced(String checkpoint, SpanContext origin) {
    announced.remove(checkpoint);
    if (tracing.isOn() && origin.isValid()) {
      announced.put(checkpoint, origin);
      if (announced.size() > REMEMBERED) {
        announced.remove(announced.keySet().iterator().next());
      }
    }
  }

  /** The span that a checkpoint was written in; an invalid context where that is not known. */
  public synchronized SpanContext origin(String checkpoint) {
    return announced.getOrDefault(checkpoint, SpanContext.getInvalid());
  }

  /** Begins a span of what is done with a checkpoint. */
  Span begin(String name, String checkpoint) {
    if (!tracing.isOn()) {
      return Span.getInvalid();
    }
    return tracing.begin(
        name,
        SpanPlan.of(
            SpanPlan.traceOf("checkpoint", checkpoint),
            Keeping.ALWAYS,
            name,
            instance,
            Long.toString(number.incrementAndGet())),
        origin(checkpoint),
        builder ->
            builder
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(TraceFields.CHECKPOINT, checkpoint));
  }
}
