package io.radstream.cli.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers {@code GET /metrics} in the text format of Prometheus, and nothing else. */
public final class MetricsPort implements AutoCloseable {

  private static final String PATH = "/metrics";
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final PrometheusMeterRegistry meters;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(MetricsPort::daemon);

  private MetricsPort(HttpServer server, PrometheusMeterRegistry meters) {
    this.server = server;
    this.meters = meters;
  }

  /**
   * @param port 0 for any free one
   * @throws IOException where the address cannot be listened on
   */
  public static MetricsPort open(String host, int port, PrometheusMeterRegistry meters)
      throws IOException {
    InetAddress address = InetAddress.getByName(host);
    MetricsPort metrics;
    try {
      metrics = new MetricsPort(HttpServer.create(new InetSocketAddress(address, port), 0), meters);
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on %s port %d for metrics: %s".formatted(host, port, e.getMessage()), e);
    }
    metrics.server.createContext("/", metrics::answer);
    metrics.server.setExecutor(metrics.thread);
    metrics.server.start();
    return metrics;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "metrics");
    thread.setDaemon(true);
    return thread;
  }

  /** That is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
      } else {
        byte[] text = meters.scrape().getBytes(StandardCharsets.UTF_8);
        exchange
            .getResponseHeaders()
            .set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(OK, text.length);
        exchange.getResponseBody().write(text);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdown();
  }
}
