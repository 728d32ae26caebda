package io.radstream.schemas.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The context of a span in a record's headers, in the form of W3C's Trace Context. What a vendor
 * adds to it ({@code tracestate}) is not passed on: it could be anything.
 */
public final class TraceHeader {

  /** Its name. */
  public static final String NAME = "traceparent";

  /** As long as the only version that there is. */
  private static final int LENGTH = 55;

  private static final W3CTraceContextPropagator FORM = W3CTraceContextPropagator.getInstance();
  private static final TextMapGetter<String> ALONE = (text, key) -> NAME.equals(key) ? text : null;

  private TraceHeader() {}

  /**
   * The context that a record carries; an invalid one where it carries none, or something else
   * under that name.
   */
  public static SpanContext read(Headers headers) {
    Header header = headers.lastHeader(NAME);
    return header == null || header.value() == null || header.value().length != LENGTH
        ? SpanContext.getInvalid()
        : read(new String(header.value(), StandardCharsets.US_ASCII));
  }

  /** The same of the header's text; an invalid one where it is not of this form. */
  public static SpanContext read(String text) {
    return Span.fromContext(FORM.extract(Context.root(), text, ALONE)).getSpanContext();
  }

  /** Adds the context to a record that is about to be sent; does nothing with an invalid one. */
  public static void write(Headers headers, SpanContext context) {
    FORM.inject(
        Context.root().with(Span.wrap(context)),
        headers,
        (carrier, key, value) -> {
          if (NAME.equals(key)) {
            carrier.remove(NAME).add(NAME, value.getBytes(StandardCharsets.US_ASCII));
          }
        });
  }
}
