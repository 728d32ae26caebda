package io.radstream.cli.traces;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A collector that speaks OTLP over HTTP, keeps what it is sent, and answers when it may. */
public final class SpanCollector implements AutoCloseable {

  private static final int OK = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch mayAnswer;
  private final List<Span> spans = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> services = new ArrayList<>();

  private SpanCollector(CountDownLatch mayAnswer) {
    this.mayAnswer = mayAnswer;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  public static SpanCollector open() {
    return new SpanCollector(new CountDownLatch(0));
  }

  /** One that answers nobody before {@link #answer}. */
  static SpanCollector silent() {
    return new SpanCollector(new CountDownLatch(1));
  }

  void answer() {
    mayAnswer.countDown();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      keep(ExportTraceServiceRequest.parseFrom(body), body);
      mayAnswer.await();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(OK, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void keep(ExportTraceServiceRequest request, byte[] body) {
    texts.add(new String(body, StandardCharsets.ISO_8859_1));
    request
        .getResourceSpansList()
        .forEach(
            resource -> {
              resource.getResource().getAttributesList().stream()
                  .filter(attribute -> attribute.getKey().equals("service.name"))
                  .forEach(attribute -> services.add(attribute.getValue().getStringValue()));
              resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
            });
  }

  public synchronized List<Span> spans() {
    return List.copyOf(spans);
  }

  /** Of a name; the order is that of their arrival. */
  public List<Span> spans(String name) {
    return spans().stream().filter(span -> span.getName().equals(name)).toList();
  }

  /** What was sent, as it was sent. */
  public synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  /** Who sent it. */
  public synchronized List<String> services() {
    return List.copyOf(services);
  }

  /** Spans that a span is linked to. */
  public List<Span> linked(Span span) {
    return span.getLinksList().stream()
        .flatMap(link -> find(link.getTraceId(), link.getSpanId()).stream())
        .toList();
  }

  /** The span that a span was begun in, where it was sent. */
  public List<Span> parent(Span span) {
    return find(span.getTraceId(), span.getParentSpanId());
  }

  /** Spans of the same trace. */
  public List<Span> trace(Span span) {
    return spans().stream().filter(it -> it.getTraceId().equals(span.getTraceId())).toList();
  }

  private List<Span> find(ByteString trace, ByteString span) {
    return spans().stream()
        .filter(it -> it.getTraceId().equals(trace) && it.getSpanId().equals(span))
        .limit(1)
        .toList();
  }

  public static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Override
  public void close() {
    answer();
    server.stop(0);
    threads.shutdownNow();
  }
}
