package io.radstream.cli.traces;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.radstream.schemas.trace.Tracing;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans on their way to a collector that speaks OTLP over HTTP. What else can be set, such as
 * headers, certificates, or the size of the queue, is set by OpenTelemetry's own variables of the
 * environment.
 */
public final class TraceExport implements AutoCloseable {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(TraceExport.class);

  /** Which the specification has a collector answer under. */
  private static final String PATH = "/v1/traces";

  private static final String QUEUE = "otel.bsp.max.queue.size";
  private static final int MOST_WAITING = 2048;

  /** For what is on its way when the process is to end. */
  private static final long LAST_SECONDS = 5;

  /** Says of each batch that it was not taken what {@link SpanQueue} says once. */
  private final Logger library = Logger.getLogger("io.opentelemetry");

  private record Sending(OpenTelemetrySdk sdk, SpanQueue queue) {}

  private final Optional<Sending> sending;
  private final Tracing tracing;
  private final AtomicBoolean finished = new AtomicBoolean();

  private TraceExport(Optional<Sending> sending, Tracing tracing) {
    this.sending = sending;
    this.tracing = tracing;
    sending.ifPresent(any -> library.setLevel(Level.OFF));
  }

  /** Nothing is made and nothing sent. */
  public static TraceExport off() {
    return new TraceExport(Optional.empty(), Tracing.off());
  }

  /**
   * @param collector its address, without the path of traces
   * @param share of studies, and of requests, that spans are sent of; 0 to 1
   * @param service what this process does
   * @throws IllegalArgumentException where a variable of the environment cannot be used
   */
  public static TraceExport to(URI collector, double share, String service, InstantSource clock) {
    String address = collector.toString().replaceAll("/+$", "");
    SpanQueue queue = new SpanQueue(address);
    OpenTelemetrySdk sdk;
    try {
      sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> defaults(service))
              .addPropertiesCustomizer(config -> fixed(address))
              .addSamplerCustomizer((sampler, config) -> new StudyShare(share))
              .addTracerProviderCustomizer(
                  (builder, config) ->
                      builder.setIdGenerator(new PlannedIds()).setClock(new SpanClock(clock)))
              .addSpanExporterCustomizer((exporter, config) -> queue.before(exporter))
              .addSpanProcessorCustomizer(
                  (processor, config) ->
                      queue.before(processor, config.getInt(QUEUE, MOST_WAITING)))
              .build()
              .getOpenTelemetrySdk();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("spans cannot be sent: " + e.getMessage(), e);
    }
    return new TraceExport(
        Optional.of(new Sending(sdk, queue)), Tracing.by(sdk.getTracerProvider(), queue));
  }

  private static Map<String, String> defaults(String service) {
    return Map.of("otel.service.name", service, "otel.span.link.count.limit", "1024");
  }

  /** Figures and logs have ways of their own. */
  private static Map<String, String> fixed(String address) {
    return Map.of(
        "otel.traces.exporter",
        "otlp",
        "otel.metrics.exporter",
        "none",
        "otel.logs.exporter",
        "none",
        "otel.exporter.otlp.traces.protocol",
        "http/protobuf",
        "otel.exporter.otlp.traces.endpoint",
        address + PATH);
  }

  /** Tells of what is done. */
  public Tracing tracing() {
    return tracing;
  }

  /**
   * Sends what is left, for a few seconds at most; does nothing where that was done before. To be
   * called before a process is let go that was told to stop: nobody waits for what comes after.
   */
  public void finish() {
    if (sending.isPresent() && !finished.getAndSet(true)) {
      sending.get().sdk().shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
      sending.get().queue().close();
      LOG.info("spans sent={} lost={}", tracing.counts().sent(), tracing.counts().lost());
    }
  }

  @Override
  public void close() {
    finish();
  }
}
