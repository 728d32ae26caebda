package io.radstream.cli.traces;

import io.opentelemetry.sdk.trace.IdGenerator;
import io.radstream.schemas.trace.SpanPlan;

/** Ids as they are planned; drawn at random for spans that are none of ours. */
final class PlannedIds implements IdGenerator {

  private final IdGenerator others = IdGenerator.random();

  @Override
  public String generateSpanId() {
    return SpanPlan.current().map(SpanPlan::spanId).orElseGet(others::generateSpanId);
  }

  @Override
  public String generateTraceId() {
    return SpanPlan.current().map(SpanPlan::traceId).orElseGet(others::generateTraceId);
  }
}
