package io.radstream.serving.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening server. */
public final class HttpService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

  /** For connections to close once nothing is in flight on them. */
  private static final Duration CLOSING = Duration.ofSeconds(1);

  /** Of the request line, in bytes. */
  private static final int LONGEST_LINE = 4_096;

  private static final int LONGEST_HEADERS = 8_192;

  private final HttpServer server;
  private final InFlight inFlight;
  private final AtomicBoolean drained = new AtomicBoolean();

  private HttpService(HttpServer server, InFlight inFlight) {
    this.server = server;
    this.inFlight = inFlight;
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
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_HEADERS)
            .setMaxFormFields(StudyForm.MOST_PARTS)
            .setMaxFormAttributeSize(StudyForm.LONGEST_FIELD)
            .setMaxFormBufferedBytes(StudyForm.LONGEST_PART_HEAD)
            // Otherwise a connection counts as open only when its first request has come.
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout(Math.toIntExact(api.limits().silence().toMillis()));
    api.doors().putOn(options);
    ConnectionDeadlines deadlines =
        new ConnectionDeadlines(
            vertx, api.limits(), new ConnectionCount(api.doors().config().limits().connections()));
    HttpServer server =
        vertx
            .createHttpServer(options)
            .connectionHandler(deadlines::opened)
            .invalidRequestHandler(new InvalidRequests(api.doors().headers()))
            .requestHandler(deadlines.before(api.router(vertx)));
    try {
      await(server.listen());
    } catch (CompletionException e) {
      throw new IOException(
          "cannot listen on %s:%d (%s); choose %s"
              .formatted(host, port, e.getCause().getMessage().strip(), otherThan(host)),
          e);
    }
    api.doors().keep(server);
    return new HttpService(server, api.inFlight());
  }

  private static String otherThan(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null) {
        return "another port";
      }
    } catch (IOException e) {
      // No other port helps where nobody knows the name.
    }
    return "an address of this machine, or 0.0.0.0 for all that it has";
  }

  public int port() {
    return server.actualPort();
  }

  /**
   * Lets clients go: says that the service is not ready, then accepts no more of them, and answers
   * those that are there. Returns when the last connection is closed; does nothing where that was
   * done before.
   *
   * @param streams ends answers that would not end by themselves
   * @param tell hears how it goes
   */
  public void drain(DrainLimits limits, Runnable streams, Consumer<String> tell) {
    if (!drained.compareAndSet(false, true)) {
      return;
    }
    inFlight.stop();
    if (!limits.delay().isZero()) {
      tell.accept("stopping: not ready any more, the port closes in " + text(limits.delay()));
      pause(limits.delay());
    }
    Future<Void> closed =
        server.shutdown(limits.timeout().plus(CLOSING).toMillis(), TimeUnit.MILLISECONDS);
    streams.run();
    tell.accept("stopping: requests in flight: %d".formatted(inFlight.count()));
    if (!inFlight.awaitNone(limits.timeout())) {
      tell.accept(
          "stopping: requests cut off after %s: %d"
              .formatted(text(limits.timeout()), inFlight.count()));
      closed = server.close();
    }
    try {
      await(closed);
    } catch (CompletionException e) {
      LOG.atWarn().setCause(e).log("the HTTP server did not stop in an orderly way");
    }
  }

  /** Lets requests come for a while, or until the thread is interrupted. */
  private static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  /** Stops accepting at once, and waits a while for requests in flight. */
  @Override
  public void close() {
    drain(DrainLimits.DEFAULT, () -> {}, told -> {});
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
