package io.radstream.cli.traces;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.radstream.schemas.trace.SpanCounts;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the spans that wait for the collector, and counts what becomes of all: what finds no room
 * is lost at once, and nobody waits. Stands around the SDK's own queue, which tells nobody what it
 * drops. Thread-safe.
 */
final class SpanQueue implements SpanCounts {

  private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);

  private final String collector;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder sent = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * @param collector its address, for the log
   */
  SpanQueue(String collector) {
    this.collector = collector;
  }

  @Override
  public long sent() {
    return sent.sum();
  }

  @Override
  public long lost() {
    return lost.sum();
  }

  private void lose(int spans, String why) {
    lost.add(spans);
    if (!told.getAndSet(true)) {
      LOG.warn(
          "spans are lost: the collector at {} {}; all else goes on. This is told once, and counted"
              + " in radstream_traces_spans_total",
          collector,
          why);
    }
  }

  /**
   * Lets spans into the SDK's queue as long as there is room.
   *
   * @param most spans that wait or are on their way; the queue has room for as many
   */
  SpanProcessor before(SpanProcessor queue, int most) {
    return new SpanProcessor() {
      @Override
      public void onStart(Context parent, ReadWriteSpan span) {
        queue.onStart(parent, span);
      }

      @Override
      public boolean isStartRequired() {
        return queue.isStartRequired();
      }

      @Override
      public void onEnd(ReadableSpan span) {
        if (!span.getSpanContext().isSampled()) {
          return;
        }
        if (waiting.getAndUpdate(spans -> Math.min(most, spans + 1)) < most) {
          queue.onEnd(span);
        } else {
          lose(1, "does not keep up");
        }
      }

      @Override
      public boolean isEndRequired() {
        return true;
      }

      @Override
      public CompletableResultCode forceFlush() {
        return queue.forceFlush();
      }

      @Override
      public CompletableResultCode shutdown() {
        return queue.shutdown();
      }
    };
  }

  /** Counts what the collector takes. */
  SpanExporter before(SpanExporter exporter) {
    return new SpanExporter() {
      @Override
      public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size();
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> exported(count, result));
      }

      @Override
      public CompletableResultCode flush() {
        return exporter.flush();
      }

      @Override
      public CompletableResultCode shutdown() {
        return exporter.shutdown();
      }
    };
  }

  /** What is not sent by now is lost. */
  void close() {
    closed = true;
    int left = waiting.getAndSet(0);
    if (left > 0) {
      lose(left, "has not taken them by the end");
    }
  }

  private void exported(int spans, CompletableResultCode result) {
    if (closed) {
      return; // counted already
    }
    waiting.addAndGet(-spans);
    if (result.isSuccess()) {
      sent.add(spans);
    } else {
      lose(spans, "does not take them (%s)".formatted(reason(result.getFailureThrowable())));
    }
  }

  /** What the library wraps tells more than its own words. */
  private static String reason(Throwable failure) {
    if (failure == null) {
      return "no reason given";
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
