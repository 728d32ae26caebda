package io.radstream.producers.hl7.mllp;

import io.radstream.producers.access.Tls;
import io.radstream.producers.notice.RepeatedWarnings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for senders. */
public final class MllpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MllpServer.class);

  /** After which a thread without work ends. */
  private static final int IDLE_SECONDS = 60;

  private final MllpSettings settings;
  private final Receiver receiver;
  private final RepeatedWarnings warnings;
  private final ByteBudget budget;
  private final Set<MllpConnection> connections = ConcurrentHashMap.newKeySet();
  private final Vertx vertx;
  private final ExecutorService workers;
  private final NetServer server;

  private MllpServer(MllpSettings settings, Receiver receiver, InstantSource clock) {
    this.settings = settings;
    this.receiver = receiver;
    this.warnings = new RepeatedWarnings(LOG, clock);
    this.budget = new ByteBudget(settings.memoryBytes());
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    this.workers = workers(settings.maxConnections());
    this.server = vertx.createNetServer(options(settings)).connectHandler(this::connected);
    this.server.exceptionHandler(
        e -> warnings.warn("a connection", "it failed: " + e.getClass().getSimpleName()));
  }

  /**
   * @param clock for how often the same is warned of
   * @throws IOException where the address cannot be listened on
   */
  public static MllpServer start(MllpSettings settings, Receiver receiver, InstantSource clock)
      throws IOException {
    MllpServer server = new MllpServer(settings, receiver, clock);
    try {
      await(server.server.listen());
      return server;
    } catch (CompletionException e) {
      server.close();
      throw new IOException(
          "cannot listen on %s:%d (%s); choose another address or port"
              .formatted(settings.host(), settings.port(), e.getCause().getMessage()),
          e);
    }
  }

  /**
   * One for each connection, since each hands on one message at a time: so none waits for another
   * one's, however long that takes.
   */
  private static ExecutorService workers(int connections) {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            connections,
            connections,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "hl7"));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  private static NetServerOptions options(MllpSettings settings) {
    NetServerOptions options =
        new NetServerOptions()
            .setHost(settings.host())
            .setPort(settings.port())
            .setTcpKeepAlive(true)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout(Math.toIntExact(settings.idle().toMillis()));
    settings.tls().ifPresent(tls -> secure(options, tls));
    return options;
  }

  private static void secure(NetServerOptions options, Tls tls) {
    options
        .setSsl(true)
        .setKeyCertOptions(KeyCertOptions.wrap(tls.keys().orElseThrow()))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
    tls.trusted()
        .ifPresent(
            it ->
                options.setTrustOptions(TrustOptions.wrap(it)).setClientAuth(ClientAuth.REQUIRED));
  }

  private void connected(NetSocket socket) {
    if (connections.size() >= settings.maxConnections()) {
      warnings.warn(
          String.valueOf(socket.remoteAddress().hostAddress()),
          "turned away: %d connections are open".formatted(settings.maxConnections()));
      socket.close();
      return;
    }
    Context context = vertx.getOrCreateContext();
    MllpConnection connection =
        new MllpConnection(socket, context, receiver, workers, settings, budget);
    connections.add(connection);
    connection.open(() -> connections.remove(connection));
    socket.shutdownHandler(stop -> connection.finish());
  }

  /** Where it listens, also where it was to choose. */
  public int port() {
    return server.actualPort();
  }

  /** How many senders are connected. */
  public int connections() {
    return connections.size();
  }

  /** Takes no more, waits a while for the answers to what was received, and closes. */
  @Override
  public void close() {
    try {
      await(server.shutdown(settings.grace().toMillis(), TimeUnit.MILLISECONDS));
    } catch (CompletionException e) {
      LOG.warn("the listener did not stop in an orderly way: {}", e.getCause().toString());
    } finally {
      workers.shutdownNow();
      await(vertx.close());
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
