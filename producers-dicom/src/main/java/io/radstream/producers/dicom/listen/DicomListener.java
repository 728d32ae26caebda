package io.radstream.producers.dicom.listen;

import io.radstream.producers.access.Tls;
import io.radstream.producers.dicom.InstanceReader;
import io.radstream.producers.dicom.listen.ListenConfig.Timeouts;
import io.radstream.producers.notice.RepeatedWarnings;
import io.radstream.producers.publish.ListeningSource;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A storage SCP. A C-STORE is answered with success only once the cluster has the radiograph.
 *
 * <p>One thread serves all connections, a few others read what has come and hand it over; none
 * waits for a peer or for the cluster's answer.
 */
public final class DicomListener implements ListeningSource {

  private static final Logger LOG = LoggerFactory.getLogger(DicomListener.class);

  /** Longest that a handshake may take, in milliseconds. */
  private static final long HANDSHAKE = 10_000;

  private final ListenConfig config;
  private final InstanceReader reader;
  private final Placements placements;
  private final InstantSource clock;
  private final NetServerOptions options;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /**
   * @param clock for how often the same is warned of
   */
  public DicomListener(
      ListenConfig config, InstanceReader reader, Placements placements, InstantSource clock) {
    this.config = config;
    this.reader = reader;
    this.placements = placements;
    this.clock = clock;
    this.options =
        new NetServerOptions()
            .setHost(config.bind())
            .setPort(config.port())
            .setTcpKeepAlive(true)
            .setTcpNoDelay(true)
            .setSslHandshakeTimeout(HANDSHAKE)
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    config.tls().ifPresent(this::secure);
  }

  private void secure(Tls tls) {
    options
        .setSsl(true)
        .setKeyCertOptions(KeyCertOptions.wrap(tls.keys().orElseThrow()))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
    tls.trusted()
        .ifPresent(
            it ->
                options.setTrustOptions(TrustOptions.wrap(it)).setClientAuth(ClientAuth.REQUIRED));
  }

  @Override
  public String name() {
    return "dicom-listen";
  }

  /** On which port it listens, once it does. */
  public CompletionStage<Integer> port() {
    return port.minimalCompletionStage();
  }

  /**
   * @throws UncheckedIOException where it cannot listen at its address
   */
  @Override
  public void deliver(PartSink sink) {
    Vertx vertx = Vertx.vertx(vertxOptions());
    ExecutorService workers = workers();
    try {
      Storage storage =
          new Storage(sink, reader, placements, new Answers(config.unwanted()), workers);
      listen(vertx, storage);
      storage.awaitAll();
    } finally {
      workers.shutdown();
      await(vertx.close());
    }
  }

  /** Associations that are under way have the time of grace to end, then they are aborted. */
  @Override
  public void close() {
    closed.complete(null);
  }

  private void listen(Vertx vertx, Storage storage) {
    Context loop = vertx.getOrCreateContext();
    RepeatedWarnings warnings = new RepeatedWarnings(LOG, clock);
    Associations associations = new Associations(config.limits().associations());
    Surroundings around =
        new Surroundings(
            vertx,
            task -> loop.runOnContext(ignored -> task.run()),
            config.limits(),
            config.timeouts(),
            new Negotiation(config.title(), config.peers()),
            associations,
            memory(),
            storage,
            warnings);
    NetServer server = vertx.createNetServer(options);
    server.connectHandler(socket -> connected(socket, around));
    server.exceptionHandler(
        e -> warnings.warn("a connection", "it failed: " + e.getClass().getSimpleName()));
    bind(server, loop);
    closed.join();
    Timeouts timeouts = config.timeouts();
    around.loop().execute(associations::stop);
    vertx.setTimer(
        timeouts.grace().toMillis(), ended -> around.loop().execute(associations::abort));
    // Each connection is cut off before that.
    Duration end = timeouts.grace().plus(timeouts.closing()).plusSeconds(1);
    await(server.shutdown(end.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void bind(NetServer server, Context loop) {
    CompletableFuture<NetServer> listening = new CompletableFuture<>();
    // All connections are served by the thread on which this is called.
    loop.runOnContext(
        ignored ->
            server
                .listen()
                .onSuccess(listening::complete)
                .onFailure(listening::completeExceptionally));
    try {
      int bound = listening.join().actualPort();
      LOG.info("{} listens on {} port {}", config.title().text(), config.bind(), bound);
      port.complete(bound);
    } catch (CompletionException e) {
      IOException cannot =
          new IOException(
              "cannot listen on %s port %d: %s"
                  .formatted(config.bind(), config.port(), e.getCause().getMessage()),
              e.getCause());
      port.completeExceptionally(cannot);
      throw new UncheckedIOException(cannot);
    }
  }

  private static void connected(NetSocket socket, Surroundings around) {
    NetSocketInternal known = (NetSocketInternal) socket;
    SocketAddress from = known.channelHandlerContext().channel().remoteAddress();
    InetAddress host = ((InetSocketAddress) from).getAddress();
    around.associations().connected(new Association(known, host, around));
  }

  private ObjectMemory memory() {
    long largest = ReceivedBytes.memory(config.limits().object());
    return new ObjectMemory(config.limits().memory(), largest);
  }

  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setUseDaemonThread(true)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static ExecutorService workers() {
    return Executors.newFixedThreadPool(
        Math.max(2, Runtime.getRuntime().availableProcessors()),
        task -> {
          Thread thread = new Thread(task, "dicom-listen");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
