package io.radstream.serving.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** JSON Web Tokens that an identity provider signed. */
final class Tokens {

  /** Clocks of two machines are never the same. */
  private static final int LEEWAY_SECONDS = 30;

  /** Kinds of keys that anyone may have, with what makes them up; a shared secret is none. */
  private static final Map<String, List<String>> PUBLIC_KEYS =
      Map.of("RSA", List.of("n", "e"), "EC", List.of("crv", "x", "y"), "OKP", List.of("crv", "x"));

  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Pattern SPACES = Pattern.compile(" +");

  private final Optional<JWTAuth> signatures;
  private final String rolesClaim;

  private Tokens(Optional<JWTAuth> signatures, String rolesClaim) {
    this.signatures = signatures;
    this.rolesClaim = rolesClaim;
  }

  /** Believes none. */
  static Tokens none() {
    return new Tokens(Optional.empty(), JwtConfig.DEFAULT_ROLES_CLAIM);
  }

  /**
   * @param jwks a JSON Web Key Set
   * @throws UnusableAccessException where there is no public key in it to check signatures with
   */
  static Tokens of(Vertx vertx, JwtConfig config, byte[] jwks) throws UnusableAccessException {
    JWTAuthOptions options =
        new JWTAuthOptions()
            .setJWTOptions(
                new JWTOptions()
                    .setIssuer(config.issuer())
                    .setAudience(List.of(config.audience()))
                    .setLeeway(LEEWAY_SECONDS));
    try {
      publicKeys(jwks).forEach(options::addJwk);
      return new Tokens(Optional.of(JWTAuth.create(vertx, options)), config.rolesClaim());
    } catch (RuntimeException e) {
      throw new UnusableAccessException("a key in it is of a kind that is not known here", e);
    }
  }

  private static List<JsonObject> publicKeys(byte[] jwks) throws UnusableAccessException {
    List<JsonObject> usable = new ArrayList<>();
    try {
      JsonArray keys =
          new JsonObject(io.vertx.core.buffer.Buffer.buffer(jwks))
              .getJsonArray("keys", new JsonArray());
      for (int i = 0; i < keys.size(); i++) {
        JsonObject key = keys.getJsonObject(i);
        if (isForSignatures(key)) {
          usable.add(key);
        }
      }
    } catch (DecodeException | ClassCastException e) {
      throw new UnusableAccessException("it is no JSON Web Key Set: {\"keys\":[…]}");
    }
    if (usable.isEmpty()) {
      throw new UnusableAccessException("no public key for signatures is in it (RSA, EC or OKP)");
    }
    return usable;
  }

  /** Vert.x passes over a key without its numbers, and nobody would be told. */
  private static boolean isForSignatures(JsonObject key) {
    List<String> numbers = PUBLIC_KEYS.getOrDefault(String.valueOf(key.getValue("kty")), List.of());
    return !numbers.isEmpty()
        && "sig".equals(key.getValue("use", "sig"))
        && numbers.stream()
            .allMatch(name -> key.getValue(name) instanceof String text && !text.isEmpty());
  }

  /** Whom the token is of; fails where it is not to be believed, for whatever reason. */
  Future<Principal> principal(String token) {
    if (signatures.isEmpty()) {
      return Future.failedFuture("there are no keys to check tokens with yet");
    }
    try {
      return signatures.get().authenticate(new TokenCredentials(token)).map(this::principal);
    } catch (RuntimeException e) {
      // Claims of other types than they should have are thrown, not answered.
      return Future.failedFuture(e);
    }
  }

  private Principal principal(User user) {
    JsonObject claims = user.attributes().getJsonObject("accessToken", new JsonObject());
    if (!(claims.getValue("exp") instanceof Number)) {
      throw new IllegalArgumentException("a token without an end");
    }
    return new Principal(String.valueOf(claims.getValue("sub", "")), roles(claims));
  }

  private Set<Access> roles(JsonObject claims) {
    Object value = claims;
    for (String step : DOT.split(rolesClaim, -1)) {
      value = value instanceof JsonObject object ? object.getValue(step) : null;
    }
    Set<Access> roles = EnumSet.noneOf(Access.class);
    words(value).flatMap(word -> Access.role(word).stream()).forEach(roles::add);
    return roles;
  }

  private static Stream<String> words(Object claim) {
    if (claim instanceof JsonArray array) {
      return array.stream().map(String::valueOf);
    }
    return claim instanceof String text ? SPACES.splitAsStream(text) : Stream.empty();
  }
}
