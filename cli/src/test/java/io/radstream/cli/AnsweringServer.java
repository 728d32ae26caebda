package io.radstream.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.radstream.producers.access.Credentials;
import io.radstream.results.destination.HttpReceiver;
import io.radstream.results.destination.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server that answers all with one status, until it is given another, and keeps what it takes.
 * Where it is told to keep silent it takes a request and never answers.
 */
final class AnsweringServer implements AutoCloseable {

  private static final String NOTHING = " ";

  private final HttpServer server;
  private final List<String> taken = new ArrayList<>();
  private String silentOn = NOTHING;
  private int status;

  AnsweringServer(int status) throws IOException {
    this.status = status;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  synchronized void answer(int other) {
    status = other;
  }

  /** About what of that path is never heard of again. */
  synchronized void keepSilentOn(String path) {
    silentOn = path;
  }

  synchronized void keepSilentOnNothing() {
    silentOn = NOTHING;
  }

  /** Paths and bodies of what it has got and not turned away. */
  synchronized List<String> taken() {
    return List.copyOf(taken);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
  }

  HttpReceiver receiver() {
    return new HttpReceiver(
        new HttpReceiver.Address(uri(), new Credentials.None(), Optional.empty()),
        Timeouts.USUAL,
        InstantSource.system());
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (status == 200) {
      taken.add(path + " " + body);
    }
    if (!path.contains(silentOn)) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
