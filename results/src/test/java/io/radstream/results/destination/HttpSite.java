package io.radstream.results.destination;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.radstream.producers.access.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** A server that answers as it is told, and keeps what it gets. */
public final class HttpSite implements AutoCloseable {

  /** What came. */
  public record Request(String method, String path, String type, byte[] body) {}

  private final HttpServer server;
  private final List<Request> requests = new ArrayList<>();
  private final Queue<Integer> answers = new ArrayDeque<>();

  public HttpSite() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Statuses of the next answers; 200 afterwards. */
  public synchronized HttpSite answering(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  public HttpReceiver receiver() {
    URI base = URI.create("http://127.0.0.1:%d/base".formatted(server.getAddress().getPort()));
    return new HttpReceiver(
        new HttpReceiver.Address(base, new Credentials.None(), Optional.empty()),
        Timeouts.USUAL,
        InstantSource.system());
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("Content-Type"),
              exchange.getRequestBody().readAllBytes()));
      Integer status = answers.poll();
      exchange.sendResponseHeaders(status == null ? 200 : status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
