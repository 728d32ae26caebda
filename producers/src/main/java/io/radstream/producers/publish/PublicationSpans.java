package io.radstream.producers.publish;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.radstream.producers.publish.Preparation.Kind;
import io.radstream.producers.publish.Preparation.Outgoing;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.trace.SpanPlan;
import io.radstream.schemas.trace.TraceFields;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.schemas.trace.Tracing;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Spans of records of studies, from when they are made to when the cluster has them. */
record PublicationSpans(Tracing tracing) {

  private static final String NAME = "publish";

  /** The span is ended with the record's sending; the record carries its context. */
  Outgoing begin(Kind kind, ProducerRecord<String, byte[]> record) {
    if (!tracing.isOn()) {
      return new Outgoing(kind, record);
    }
    String digest = RecordDigest.of(record.value()).toString();
    Span span =
        tracing.begin(
            NAME,
            SpanPlan.ofStudy(record.key(), NAME, record.topic(), digest),
            SpanContext.getInvalid(),
            builder ->
                builder
                    .setSpanKind(SpanKind.PRODUCER)
                    .setAttribute(TraceFields.SYSTEM, TraceFields.KAFKA)
                    .setAttribute(TraceFields.TOPIC, record.topic())
                    .setAttribute(TraceFields.BYTES, (long) record.value().length));
    TraceHeader.write(record.headers(), span.getSpanContext());
    return new Outgoing(kind, record, span);
  }
}
