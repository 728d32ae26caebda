package io.radstream.producers.fhir;

import io.radstream.producers.access.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A server, and how it is asked.
 *
 * @param base for example {@code https://fhir.example/r4}
 * @param credentials by which the server knows who asks
 * @param trusted keys and certificates for TLS; empty: the authorities that Java knows
 * @param query added to each search, as {@code category=RAD}; may be empty
 * @param poll pause between two searches
 */
public record FhirEndpoint(
    URI base, Credentials credentials, Optional<SSLContext> trusted, String query, Duration poll) {

  public FhirEndpoint {
    String scheme = base.getScheme();
    if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("a server's address begins with http:// or https://");
    }
    if (poll.isNegative() || poll.isZero()) {
      throw new IllegalArgumentException("the pause between two searches is longer than nothing");
    }
    String text = base.toString();
    base = URI.create(text.endsWith("/") ? text : text + "/");
  }

  /** Whether an address is the server's: what it sends elsewhere may not have our password. */
  boolean isOwn(URI other) {
    return base.getScheme().equals(other.getScheme())
        && base.getHost().equalsIgnoreCase(other.getHost())
        && base.getPort() == other.getPort()
        && other.getUserInfo() == null;
  }

  /** Keeps the password to itself. */
  @Override
  public String toString() {
    return "FHIR server at " + base;
  }
}
