package io.radstream.serving.http;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.radstream.schemas.trace.SpanPlan;
import io.radstream.schemas.trace.SpanPlan.Keeping;
import io.radstream.schemas.trace.TraceFields;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.schemas.trace.Tracing;
import io.radstream.serving.access.Access;
import io.radstream.serving.checkpoint.CheckpointSpans;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A span of each call that scores or changes something, linked to the checkpoint that answered it.
 * It is made when the call is over and all is known of it. A client's own context is its parent
 * where the client is known, or where everybody may ask: who is turned away is not believed.
 */
public final class RequestSpans implements Guard {

  private static final String PARENT = TraceHeader.NAME;
  private static final Set<Access> TOLD = EnumSet.of(Access.SCORE, Access.OPERATE);
  private static final int SERVER_ERROR = 500;

  private final Tracing tracing;
  private final CheckpointSpans checkpoints;
  private final InstantSource clock;
  private final String instance;
  private final boolean asksWho;
  private final AtomicLong number = new AtomicLong();

  /**
   * @param checkpoints that answers are linked to
   * @param clock that spans are timed by
   * @param instance name of this service that no other one has
   * @param asksWho whether clients have to show who they are
   */
  public RequestSpans(
      Tracing tracing,
      CheckpointSpans checkpoints,
      InstantSource clock,
      String instance,
      boolean asksWho) {
    this.tracing = tracing;
    this.checkpoints = checkpoints;
    this.clock = clock;
    this.instance = instance;
    this.asksWho = asksWho;
  }

  /** No spans. */
  public static RequestSpans none() {
    return new RequestSpans(
        Tracing.off(), CheckpointSpans.none(), InstantSource.system(), "", false);
  }

  @Override
  public Optional<Handler<RoutingContext>> before(Endpoint endpoint) {
    return tracing.isOn() && TOLD.contains(endpoint.needs())
        ? Optional.of(context -> watch(context, endpoint))
        : Optional.empty();
  }

  private void watch(RoutingContext context, Endpoint endpoint) {
    Instant began = clock.instant();
    context.addEndHandler(ended -> tell(context, endpoint, began));
    context.next();
  }

  private void tell(RoutingContext context, Endpoint endpoint, Instant began) {
    String one = Long.toString(number.incrementAndGet());
    String method = endpoint.method().name();
    int status = context.response().getStatusCode();
    Span span =
        tracing.begin(
            method + " " + endpoint.path(),
            SpanPlan.of(
                SpanPlan.traceOf("request", instance + " " + one), Keeping.SHARE, instance, one),
            parent(context),
            builder -> {
              builder
                  .setSpanKind(SpanKind.SERVER)
                  .setStartTimestamp(began)
                  .setAttribute(TraceFields.METHOD, method)
                  .setAttribute(TraceFields.ROUTE, endpoint.path())
                  .setAttribute(TraceFields.STATUS, (long) status);
              RequestMeters.asked(context)
                  .ifPresent(set -> builder.setAttribute(TraceFields.FINDINGS, set));
              link(builder, context.get(AuditTrail.CHECKPOINT));
            });
    if (status >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(clock.instant());
  }

  private SpanContext parent(RoutingContext context) {
    String shown = context.request().getHeader(PARENT);
    boolean believed = !asksWho || Client.name(context).isPresent();
    return shown == null || !believed ? SpanContext.getInvalid() : TraceHeader.read(shown);
  }

  /**
   * @param answered ids of checkpoints, as the audit trail has them; null for none
   */
  private void link(SpanBuilder builder, String answered) {
    if (answered == null) {
      return;
    }
    builder.setAttribute(TraceFields.CHECKPOINT, answered);
    for (String checkpoint : answered.split(AuditTrail.BETWEEN, -1)) {
      SpanContext origin = checkpoints.origin(checkpoint);
      if (origin.isValid()) {
        builder.addLink(origin);
      }
    }
  }
}
