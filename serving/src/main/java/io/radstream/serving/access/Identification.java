package io.radstream.serving.access;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * By what callers are known. Where neither is given, nobody is asked.
 *
 * @param apiKeys file of keys' hashes ({@link ApiKeyFile})
 * @param tokens of an identity provider
 * @param publicMetrics whether {@code /metrics} answers everybody all the same
 */
public record Identification(
    Optional<Path> apiKeys, Optional<JwtConfig> tokens, boolean publicMetrics) {

  public static final Identification NONE =
      new Identification(Optional.empty(), Optional.empty(), false);

  public Identification {
    Objects.requireNonNull(apiKeys, "apiKeys");
    Objects.requireNonNull(tokens, "tokens");
  }

  boolean isGiven() {
    return apiKeys.isPresent() || tokens.isPresent();
  }
}
