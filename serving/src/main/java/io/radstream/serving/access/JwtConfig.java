package io.radstream.serving.access;

import java.util.Objects;

/**
 * Which tokens are believed. Issuer and audience have to be said: a token that the same issuer gave
 * for another program must not open this one.
 *
 * @param keys a JSON Web Key Set with the issuer's public keys
 * @param issuer what {@code iss} must be
 * @param audience what must be in {@code aud}
 * @param rolesClaim where the roles stand, an array or a text with spaces; a dot leads into an
 *     object, as in {@code realm_access.roles}
 */
public record JwtConfig(Source keys, String issuer, String audience, String rolesClaim) {

  public static final String DEFAULT_ROLES_CLAIM = "roles";

  public JwtConfig {
    Objects.requireNonNull(keys, "keys");
    if (issuer.isBlank() || audience.isBlank() || rolesClaim.isBlank()) {
      throw new IllegalArgumentException("issuer, audience and the claim of roles have to be said");
    }
  }
}
