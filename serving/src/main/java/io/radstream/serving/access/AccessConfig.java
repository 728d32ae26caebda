package io.radstream.serving.access;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may ask, and from where.
 *
 * @param tls empty: plain HTTP
 * @param identification by what callers are known
 * @param neighbours from where browsers may ask
 * @param limits of one client
 * @param insecure whether the service may be reached by others without TLS or without knowing who
 *     asks
 * @param reload how often files are looked at for changes
 */
public record AccessConfig(
    Optional<TlsFiles> tls,
    Identification identification,
    Neighbours neighbours,
    ClientLimits limits,
    boolean insecure,
    Duration reload) {

  private static final Duration RELOAD = Duration.ofSeconds(10);

  public AccessConfig {
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(identification, "identification");
    Objects.requireNonNull(neighbours, "neighbours");
    Objects.requireNonNull(limits, "limits");
    if (reload.toMillis() < 1) {
      throw new IllegalArgumentException("files cannot be looked at all the time: " + reload);
    }
  }

  /** Everybody on this machine may ask, in the clear; the service is not for others. */
  public static AccessConfig open() {
    return new AccessConfig(
        Optional.empty(),
        Identification.NONE,
        Neighbours.NONE,
        ClientLimits.DEFAULT,
        false,
        RELOAD);
  }

  public AccessConfig withTls(TlsFiles other) {
    return new AccessConfig(
        Optional.of(other), identification, neighbours, limits, insecure, reload);
  }

  public AccessConfig withIdentification(Identification other) {
    return new AccessConfig(tls, other, neighbours, limits, insecure, reload);
  }

  public AccessConfig withNeighbours(Neighbours other) {
    return new AccessConfig(tls, identification, other, limits, insecure, reload);
  }

  public AccessConfig withLimits(ClientLimits other) {
    return new AccessConfig(tls, identification, neighbours, other, insecure, reload);
  }

  public AccessConfig withReload(Duration other) {
    return new AccessConfig(tls, identification, neighbours, limits, insecure, other);
  }

  /** The same, also where others reach the service without TLS or without saying who they are. */
  public AccessConfig withInsecure(boolean other) {
    return new AccessConfig(tls, identification, neighbours, limits, other, reload);
  }

  /**
   * @param host to listen on
   * @throws IllegalArgumentException where others would reach the service through an open door
   */
  public void requireSafe(String host) {
    boolean bothDoors = tls.isPresent() && identification.isGiven();
    if (insecure || bothDoors || ListenAddress.isLoopback(host)) {
      return;
    }
    throw new IllegalArgumentException(
        ("others reach %s, so the service needs %s; or listen on 127.0.0.1 behind a proxy that sees"
                + " to both; --insecure does without, for a network that only those can reach who"
                + " may ask")
            .formatted(host, missing()));
  }

  private String missing() {
    String certificate = "TLS (--tls-certificate, --tls-key)";
    String callers = "to know who asks (--api-keys, or --jwks)";
    if (tls.isPresent()) {
      return callers;
    }
    return identification.isGiven() ? certificate : certificate + " and " + callers;
  }
}
