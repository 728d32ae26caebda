package io.radstream.tracking.mlflow;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A tracking server.
 *
 * @param base address below which {@code api/2.0/mlflow} is
 * @param authorization what the header of that name holds, asked for before each request
 * @param trusted keys and certificates for TLS; empty: the authorities that Java knows
 */
public record MlflowAddress(URI base, Authorization authorization, Optional<SSLContext> trusted) {

  /** By what the server knows who asks. */
  @FunctionalInterface
  public interface Authorization {

    /**
     * @throws IOException where it cannot be read
     */
    Optional<String> header() throws IOException;
  }

  /**
   * @throws IllegalArgumentException where that is no address of a server
   */
  public MlflowAddress {
    String scheme = base.getScheme();
    if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "a tracking server's address begins with http:// or https://");
    }
    if (base.getRawUserInfo() != null || base.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "a tracking server's address holds no user, no password and no ?");
    }
    String text = base.toString();
    base = URI.create(text.endsWith("/") ? text : text + "/");
  }

  URI resolve(String method) {
    return base.resolve("api/2.0/mlflow/" + method);
  }
}
