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

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  public FhirEndpoint {
    String scheme = base.getScheme();
    if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("a server's address begins with http:// or https://");
    }
    if (base.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "a server's address holds no user and password: give them by options of their own");
    }
    if (base.getRawQuery() != null || base.getRawFragment() != null) {
      throw new IllegalArgumentException("the root of FHIR has no ? and no #");
    }
    if (poll.isNegative() || poll.isZero()) {
      throw new IllegalArgumentException("the pause between two searches is longer than nothing");
    }
    String text = base.toString();
    base = URI.create(text.endsWith("/") ? text : text + "/");
    try {
      base.resolve("DiagnosticReport?" + query);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "what is added to a search is written as in an address, a blank as %20", e);
    }
  }

  /** Whether an address is the server's: what it sends elsewhere may not have our password. */
  boolean isOwn(URI other) {
    return base.getScheme().equalsIgnoreCase(other.getScheme())
        && base.getHost().equalsIgnoreCase(other.getHost())
        && port(base) == port(other)
        && other.getUserInfo() == null;
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? HTTPS : HTTP;
  }

  /** Keeps the password to itself. */
  @Override
  public String toString() {
    return "FHIR server at " + base;
  }
}
