package io.radstream.serving.access;

import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the service speaks TLS with, as it is now. */
public final class Certificates {

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  /** A certificate that ends sooner is told of. */
  private static final Duration SOON = Duration.ofDays(30);

  private final Reloading<TlsIdentity> identity;
  private final InstantSource clock;

  /** Null until somebody listens. */
  private volatile Consumer<ServerSSLOptions> listener;

  private Certificates(Vertx vertx, TlsFiles files, InstantSource clock)
      throws UnusableAccessException {
    this.clock = clock;
    this.identity =
        Reloading.of(
            "TLS certificate and key",
            files.sources(),
            contents -> TlsIdentity.of(vertx, contents, clock.instant()),
            this::tell);
    warn(identity.current());
  }

  /**
   * Reads the files.
   *
   * @throws UnusableAccessException where the service could not be spoken with by them
   */
  public static Certificates of(Vertx vertx, TlsFiles files, InstantSource clock)
      throws UnusableAccessException {
    return new Certificates(vertx, files, clock);
  }

  public ServerSSLOptions options() {
    return identity.current().options();
  }

  /** When the present certificate ends. */
  public Instant ends() {
    return identity.current().ends();
  }

  /** Names who is told of new ones from here on. */
  public void whenChanged(Consumer<ServerSSLOptions> told) {
    listener = told;
  }

  /** Takes up what has changed; waits for files. */
  public void poll() {
    identity.poll();
  }

  private void tell(TlsIdentity changed) {
    warn(changed);
    Consumer<ServerSSLOptions> told = listener;
    if (told != null) {
      told.accept(changed.options());
    }
  }

  private void warn(TlsIdentity identity) {
    if (identity.ends().isBefore(clock.instant().plus(SOON))) {
      LOG.atWarn().addKeyValue("ends", identity.ends()).log("the TLS certificate ends soon");
    }
  }
}
