package io.radstream.serving.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening server. */
public final class HttpService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final HttpServer server;

  private HttpService(HttpServer server) {
    this.server = server;
  }

  /**
   * @param port 0 for any free one
   * @throws IOException where the address cannot be listened on
   */
  public static HttpService start(Vertx vertx, HttpApi api, String host, int port)
      throws IOException {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setHandle100ContinueAutomatically(true)
            // Otherwise a connection counts as open only when its first request has come.
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout(Math.toIntExact(api.limits().silence().toMillis()));
    ConnectionDeadlines deadlines = new ConnectionDeadlines(vertx, api.limits());
    HttpServer server =
        vertx
            .createHttpServer(options)
            .connectionHandler(deadlines::opened)
            .invalidRequestHandler(new InvalidRequests())
            .requestHandler(deadlines.before(api.router(vertx)));
    try {
      await(server.listen());
    } catch (CompletionException e) {
      throw new IOException(
          "cannot listen on %s:%d (%s); choose another port"
              .formatted(host, port, e.getCause().getMessage()),
          e);
    }
    return new HttpService(server);
  }

  public int port() {
    return server.actualPort();
  }

  /** Stops accepting at once, and waits a while for requests in flight. */
  @Override
  public void close() {
    try {
      await(server.shutdown(GRACE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (CompletionException e) {
      LOG.atWarn().setCause(e).log("the HTTP server did not stop in an orderly way");
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
