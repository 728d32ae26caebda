package io.radstream.serving.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.access.Callers;
import io.radstream.serving.access.Certificates;
import io.radstream.serving.access.SignInLimit;
import io.radstream.serving.access.TokenBuckets;
import io.radstream.serving.access.UnusableAccessException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.InstantSource;
import java.util.Optional;

/** What stands between the network and the routes, as it is now: files are read anew. */
public final class Doors implements AutoCloseable {

  private static final String ENDS = "radstream.tls.certificate.expiry.seconds";

  /** Whose rates are remembered; a few megabytes. */
  private static final int CLIENTS = 10_000;

  private final Vertx vertx;
  private final AccessConfig config;
  private final String host;
  private final Callers callers;
  private final Optional<Certificates> certificates;
  private final InstantSource clock;
  private final long timer;

  private Doors(
      Vertx vertx, AccessConfig config, String host, MeterRegistry meters, InstantSource clock)
      throws UnusableAccessException {
    this.vertx = vertx;
    this.config = config;
    this.host = host;
    this.clock = clock;
    this.callers = Callers.of(vertx, config.identification());
    this.certificates =
        config.tls().isPresent()
            ? Optional.of(Certificates.of(vertx, config.tls().get(), clock))
            : Optional.empty();
    certificates.ifPresent(
        known ->
            Gauge.builder(ENDS, known, it -> it.ends().getEpochSecond())
                .description("When the TLS certificate ends, in seconds since 1970")
                .register(meters));
    this.timer =
        vertx.setPeriodic(config.reload().toMillis(), fired -> vertx.executeBlocking(this::look));
  }

  /**
   * @param host that is listened on
   * @throws UnusableAccessException where a file of keys or certificates cannot be used
   * @throws IllegalArgumentException where others would reach the service through an open door
   */
  public static Doors open(
      Vertx vertx, AccessConfig config, String host, MeterRegistry meters, InstantSource clock)
      throws UnusableAccessException {
    config.requireSafe(host);
    return new Doors(vertx, config, host, meters, clock);
  }

  /** Takes up what has changed in files and at servers; waits for them. */
  Void look() {
    callers.poll();
    certificates.ifPresent(Certificates::poll);
    return null;
  }

  /** That addresses of this service begin with. */
  public String scheme() {
    return config.tls().isPresent() ? "https" : "http";
  }

  AccessConfig config() {
    return config;
  }

  String host() {
    return host;
  }

  SecurityHeaders headers() {
    return new SecurityHeaders(config.tls().isPresent());
  }

  /** To be given to a server before it listens. */
  void putOn(HttpServerOptions options) {
    certificates
        .map(Certificates::options)
        .ifPresent(
            tls ->
                options
                    .setSsl(true)
                    // The limits on slow and silent clients are those of HTTP/1.1.
                    .setUseAlpn(false)
                    .setKeyCertOptions(tls.getKeyCertOptions())
                    .setTrustOptions(tls.getTrustOptions())
                    .setClientAuth(tls.getClientAuth())
                    .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols()));
  }

  /** Keeps a server up to date that listens. */
  void keep(HttpServer server) {
    certificates.ifPresent(
        known ->
            known.whenChanged(
                tls ->
                    server.updateSSLOptions(tls).toCompletionStage().toCompletableFuture().join()));
  }

  /** Empty where each client may ask as often as it likes. */
  Optional<TokenBuckets> rate(MeterRegistry meters) {
    double perSecond = config.limits().requestsPerSecond();
    return perSecond == 0
        ? Optional.empty()
        : Optional.of(new TokenBuckets(perSecond, CLIENTS, meters.config().clock()::monotonicTime));
  }

  /** Whether clients have to show who they are. */
  public boolean askWho() {
    return callers.areAsked();
  }

  SignInLimit signIns(MeterRegistry meters) {
    return new SignInLimit(config.limits().failedSignIns(), meters.config().clock()::monotonicTime);
  }

  InstantSource clock() {
    return clock;
  }

  Callers callers() {
    return callers;
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
  }
}
