package io.radstream.trainer.run;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.radstream.schemas.trace.SpanPlan;
import io.radstream.schemas.trace.SpanPlan.Keeping;
import io.radstream.schemas.trace.TraceFields;
import io.radstream.schemas.trace.Tracing;
import io.radstream.trainer.augment.PreparedStudy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Spans of a run: a trace from each checkpoint to the next, in which are the steps, each linked to
 * its studies' tuples, and the checkpoint that has learned from them. For one thread.
 */
final class RunSpans {

  private static final String TRAIN = "train";
  private static final String STEP = "step";
  private static final String CHECKPOINT = "checkpoint";

  private final Tracing tracing;
  private final String line;
  private final String runId;

  /** From the last checkpoint on; does nothing where no step was taken since. */
  private Span stretch = Span.getInvalid();

  private boolean begun;

  RunSpans(Tracing tracing, String line, String runId) {
    this.tracing = tracing;
    this.line = line;
    this.runId = runId;
  }

  /**
   * Of a step that is about to be taken.
   *
   * @param step that the line has behind it then
   */
  Span step(long step, List<PreparedStudy> studies) {
    if (!tracing.isOn()) {
      return Span.getInvalid();
    }
    if (!begun) {
      stretch = begin(TRAIN, step, Keeping.ALWAYS, SpanContext.getInvalid(), builder -> {});
      begun = true;
    }
    List<SpanContext> origins =
        studies.stream()
            .map(PreparedStudy::origin)
            .filter(SpanContext::isValid)
            .distinct()
            .toList();
    return begin(
        STEP,
        step,
        Keeping.LINKED,
        stretch.getSpanContext(),
        builder -> {
          builder
              .setAttribute(TraceFields.STUDIES, (long) studies.size())
              .setAttribute(TraceFields.UNLINKED, untold(studies));
          origins.forEach(builder::addLink);
        });
  }

  private static long untold(List<PreparedStudy> studies) {
    return studies.stream().filter(study -> !study.origin().isValid()).count();
  }

  /** Of the checkpoint that is about to be written; the next step begins a trace of its own. */
  Span checkpoint(long step) {
    if (!tracing.isOn()) {
      return Span.getInvalid();
    }
    Span span =
        begin(
            CHECKPOINT,
            step,
            Keeping.ALWAYS,
            stretch.getSpanContext(),
            builder -> builder.setSpanKind(SpanKind.PRODUCER));
    stretch.end();
    begun = false;
    return span;
  }

  private Span begin(
      String name, long step, Keeping keeping, SpanContext parent, Consumer<SpanBuilder> more) {
    String number = Long.toString(step);
    return tracing.begin(
        name,
        SpanPlan.of(SpanPlan.traceOf(TRAIN, runId + " " + number), keeping, name, runId, number),
        parent,
        builder -> {
          builder
              .setAttribute(TraceFields.LINE, line)
              .setAttribute(TraceFields.RUN, runId)
              .setAttribute(TraceFields.STEP, step);
          more.accept(builder);
        });
  }
}
