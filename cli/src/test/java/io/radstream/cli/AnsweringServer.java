package io.radstream.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.radstream.producers.access.Credentials;
import io.radstream.results.destination.HttpReceiver;
import io.radstream.results.destination.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server that answers all with one status, until it is given another, and keeps what it takes.
 */
final class AnsweringServer implements AutoCloseable {

  private final HttpServer server;
  private final List<String> taken = new ArrayList<>();
  private int status;
  private int asked;

  AnsweringServer(int status) throws IOException {
    this.status = status;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  synchronized void answer(int other) {
    status = other;
  }

  /** How often it was asked for anything. */
  synchronized int asked() {
    return asked;
  }

  /** Paths of what it has said that it took. */
  synchronized List<String> taken() {
    return List.copyOf(taken);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
  }

  HttpReceiver receiver() {
    return new HttpReceiver(
        new HttpReceiver.Address(uri(), new Credentials.None(), Optional.empty()),
        Patience.USUAL,
        InstantSource.system());
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      asked++;
      if (status == 200) {
        taken.add(exchange.getRequestURI().getPath());
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
