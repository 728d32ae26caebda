package io.radstream.streams;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.trace.SpanPlan;
import io.radstream.schemas.trace.TraceFields;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.schemas.trace.Tracing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Spans of what comes of studies. Their ids are a function of the record that is sent, so that the
 * same record has the same header whoever sends it and however often: after a crash, too. Their
 * parents are on the topic of studies, so that nothing of them is kept in a store. Thread-safe.
 */
record StageSpans(Tracing tracing) {

  private static final String TUPLE = "tuple";
  private static final String REJECTION = "reject";

  /**
   * The record with the context of its span: in the trace of the first of its parts, and linked to
   * all of them.
   *
   * @param topic where it goes
   * @param publications spans that its parts were published in
   */
  Record<byte[], byte[]> tuple(
      String topic, Record<byte[], byte[]> record, List<SpanContext> publications) {
    return sent(
        TUPLE,
        topic,
        record,
        publications,
        builder -> builder.setAttribute(TraceFields.PARTS, (long) publications.size()));
  }

  /**
   * The same of a rejection.
   *
   * @param rejected what it is of
   */
  Record<byte[], byte[]> rejection(
      String topic, Record<byte[], byte[]> record, StudyRecord rejected, RejectionReason reason) {
    List<SpanContext> publications =
        rejected.publication().isValid() ? List.of(rejected.publication()) : List.of();
    return sent(
        REJECTION,
        topic,
        record,
        publications,
        builder -> builder.setAttribute(TraceFields.REASON, reason.name()));
  }

  private Record<byte[], byte[]> sent(
      String name,
      String topic,
      Record<byte[], byte[]> record,
      List<SpanContext> publications,
      Consumer<SpanBuilder> more) {
    // What has no key is no study.
    if (!tracing.isOn() || record.key() == null) {
      return record;
    }
    String study = new String(record.key(), StandardCharsets.UTF_8);
    String digest = RecordDigest.of(record.value()).toString();
    Span span =
        tracing.begin(
            name,
            SpanPlan.ofStudy(study, name, topic, digest, Long.toString(record.timestamp())),
            publications.stream().findFirst().orElse(SpanContext.getInvalid()),
            builder -> {
              builder
                  .setSpanKind(SpanKind.CONSUMER)
                  .setAttribute(TraceFields.SYSTEM, TraceFields.KAFKA)
                  .setAttribute(TraceFields.TOPIC, topic);
              publications.forEach(builder::addLink);
              more.accept(builder);
            });
    span.end();
    TraceHeader.write(record.headers(), span.getSpanContext());
    return record;
  }
}
