package io.radstream.serving.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.impl.jose.JWK;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
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

  /** In base64url, as all numbers of keys are, or the name of a curve. */
  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9_-]+");

  /** Of RSA, in bits: a shorter one can be broken, a longer one takes long to check with. */
  private static final int SHORTEST_MODULUS = 2_048;

  private static final int LONGEST_MODULUS = 16_384;

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
    publicKeys(jwks).forEach(options::addJwk);
    return new Tokens(Optional.of(JWTAuth.create(vertx, options)), config.rolesClaim());
  }

  private static List<JsonObject> publicKeys(byte[] jwks) throws UnusableAccessException {
    List<JsonObject> usable = new ArrayList<>();
    try {
      JsonArray keys = new JsonObject(Buffer.buffer(jwks)).getJsonArray("keys", new JsonArray());
      for (Object each : keys == null ? new JsonArray() : keys) {
        if (each instanceof JsonObject key && isForSignatures(key) && isOfKnownKind(key)) {
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

  /** Vert.x passes over a key without its numbers, or takes others, and nobody would be told. */
  private static boolean isForSignatures(JsonObject key) {
    List<String> numbers = PUBLIC_KEYS.getOrDefault(String.valueOf(key.getValue("kty")), List.of());
    return !numbers.isEmpty()
        && "sig".equals(key.getValue("use", "sig"))
        && numbers.stream()
            .allMatch(
                name -> key.getValue(name) instanceof String text && NUMBER.matcher(text).matches())
        && (key.getValue("n") == null || isOfUsableLength(key.getString("n")));
  }

  /**
   * Vert.x passes over others too, so that a provider may add a key of a new kind; but a set that
   * nothing is left of must not take the place of one that is good.
   */
  private static boolean isOfKnownKind(JsonObject key) {
    try {
      return new JWK(key).publicKey() != null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static boolean isOfUsableLength(String modulus) {
    try {
      int bits = new BigInteger(1, Base64.getUrlDecoder().decode(modulus)).bitLength();
      return bits >= SHORTEST_MODULUS && bits <= LONGEST_MODULUS;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whom the token is of; fails where it is not to be believed, for whatever reason. */
  Future<Principal> principal(String token) {
    if (signatures.isEmpty()) {
      return Future.failedFuture("there are no keys to check tokens with yet");
    }
    try {
      return signatures
          .get()
          .authenticate(new TokenCredentials(token))
          .map(
              user -> {
                requireUnderstood(token);
                return principal(user);
              });
    } catch (RuntimeException e) {
      // Claims of other types than they should have are thrown, not answered.
      return Future.failedFuture(e);
    }
  }

  /** Whoever does not know what a token calls critical must refuse it (RFC 7515, 4.1.11). */
  private static void requireUnderstood(String token) {
    byte[] head = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
    if (new JsonObject(Buffer.buffer(head)).containsKey("crit")) {
      throw new IllegalArgumentException("a token with critical parameters");
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
