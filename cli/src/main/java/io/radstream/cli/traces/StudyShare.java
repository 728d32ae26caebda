package io.radstream.cli.traces;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.radstream.schemas.trace.SpanPlan;
import io.radstream.schemas.trace.SpanPlan.Keeping;
import java.util.List;

/**
 * Keeps a share of the studies, whole: the ids of their traces follow from their own, so that all
 * processes choose the same ones, now and in a replay.
 */
final class StudyShare implements Sampler {

  private final double share;
  private final Sampler byTrace;

  /**
   * @param share 0 to 1
   */
  StudyShare(double share) {
    this.share = share;
    this.byTrace = Sampler.traceIdRatioBased(share);
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    return switch (SpanPlan.current().map(SpanPlan::keeping).orElse(Keeping.SHARE)) {
      case ALWAYS -> SamplingResult.recordAndSample();
      case LINKED ->
          kept(links.stream().map(LinkData::getSpanContext).anyMatch(SpanContext::isSampled));
      case SHARE -> {
        SpanContext before = Span.fromContext(parent).getSpanContext();
        yield before.isValid()
            ? kept(before.isSampled())
            : byTrace.shouldSample(parent, traceId, name, kind, attributes, links);
      }
    };
  }

  private static SamplingResult kept(boolean kept) {
    return kept ? SamplingResult.recordAndSample() : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "StudyShare{" + share + "}";
  }
}
