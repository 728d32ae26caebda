package io.radstream.cli.phi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Takes spans in a collector's place, and keeps what it is sent as files, to be searched. */
final class SpanFiles implements AutoCloseable {

  private static final int OK = 200;
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final Path folder;
  private final AtomicLong number = new AtomicLong();

  private SpanFiles(HttpServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * On loopback, at a free port.
   *
   * @param folder for the files; is made
   * @throws IOException where nothing can be listened on, or nothing written there
   */
  static SpanFiles in(Path folder) throws IOException {
    Files.createDirectories(folder);
    SpanFiles files =
        new SpanFiles(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            folder);
    files.server.createContext("/", files::keep);
    files.server.start();
    return files;
  }

  /** Where spans are to be sent. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void keep(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = folder.resolve(number.incrementAndGet() + ".otlp");
      Files.write(file, exchange.getRequestBody().readAllBytes());
      exchange.sendResponseHeaders(OK, NO_BODY);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
