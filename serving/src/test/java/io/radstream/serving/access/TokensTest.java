package io.radstream.serving.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final JwtConfig CONFIG =
      new JwtConfig(
          new Source.InFile(Path.of("unused")),
          "https://issuer.example",
          "radstream",
          "realm_access.roles");

  private static final Vertx VERTX = Vertx.vertx();

  private static KeyPair pair;
  private static KeyPair others;

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
    others = generator.generateKeyPair();
  }

  @AfterAll
  static void close() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  private static JsonObject publicKey(KeyPair of) {
    RSAPublicKey key = (RSAPublicKey) of.getPublic();
    return new JsonObject()
        .put("kty", "RSA")
        .put("use", "sig")
        .put("alg", "RS256")
        .put("kid", "one")
        .put("n", number(key.getModulus()))
        .put("e", number(key.getPublicExponent()));
  }

  private static JsonObject privateKey(KeyPair of) {
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) of.getPrivate();
    return publicKey(of)
        .put("d", number(key.getPrivateExponent()))
        .put("p", number(key.getPrimeP()))
        .put("q", number(key.getPrimeQ()))
        .put("dp", number(key.getPrimeExponentP()))
        .put("dq", number(key.getPrimeExponentQ()))
        .put("qi", number(key.getCrtCoefficient()));
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static JsonObject claims() {
    return new JsonObject()
        .put("sub", "viewer-7")
        .put("iss", "https://issuer.example")
        .put("aud", new JsonArray().add("radstream"))
        .put("exp", Instant.now().plusSeconds(600).getEpochSecond())
        .put(
            "realm_access",
            new JsonObject().put("roles", new JsonArray().add("score").add("other")));
  }

  private static String signed(KeyPair by, JsonObject claims) {
    return JWTAuth.create(VERTX, new JWTAuthOptions().addJwk(privateKey(by)))
        .generateToken(claims, new JWTOptions().setAlgorithm("RS256").setNoTimestamp(true));
  }

  private static Tokens tokens() throws UnusableAccessException {
    return Tokens.of(VERTX, CONFIG, keySet(publicKey(pair)));
  }

  private static byte[] keySet(JsonObject... keys) {
    return new JsonObject()
        .put("keys", new JsonArray(List.of((Object[]) keys)))
        .encode()
        .getBytes(UTF_8);
  }

  private static String segment(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  @Test
  void shouldKnowWhomAndWithWhichRolesATokenIsOf() throws Exception {
    Future<Principal> known = tokens().principal(signed(pair, claims()));

    assertThat(known.toCompletionStage().toCompletableFuture().join())
        .isEqualTo(new Principal("viewer-7", Set.of(Access.SCORE)));
  }

  @Test
  void shouldRefuseATokenWithCriticalParametersThatNobodyKnows() throws Exception {
    JsonObject head = new JsonObject().put("crit", new JsonArray().add("b64")).put("b64", true);
    String token =
        JWTAuth.create(VERTX, new JWTAuthOptions().addJwk(privateKey(pair)))
            .generateToken(
                claims(),
                new JWTOptions().setAlgorithm("RS256").setNoTimestamp(true).setHeader(head));

    Future<Principal> refused = tokens().principal(token);

    assertThat(refused.toCompletionStage().toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void shouldReadRolesOfATextWithSpaces() throws Exception {
    JwtConfig scope = new JwtConfig(CONFIG.keys(), CONFIG.issuer(), CONFIG.audience(), "scope");
    Tokens tokens = Tokens.of(VERTX, scope, keySet(publicKey(pair)));

    Future<Principal> known =
        tokens.principal(signed(pair, claims().put("scope", "openid read operate")));

    assertThat(known.result().roles()).containsExactlyInAnyOrder(Access.READ, Access.OPERATE);
  }

  static Stream<Consumer<JsonObject>> lies() {
    long past = Instant.now().minusSeconds(600).getEpochSecond();
    return Stream.of(
        claims -> claims.put("exp", past),
        claims -> claims.remove("exp"),
        claims -> claims.put("exp", "never"),
        claims -> claims.put("nbf", Instant.now().plusSeconds(600).getEpochSecond()),
        claims -> claims.put("iss", "https://other.example"),
        claims -> claims.remove("iss"),
        claims -> claims.put("aud", new JsonArray().add("another")),
        claims -> claims.put("aud", "another"),
        claims -> claims.remove("aud"),
        claims -> claims.remove("sub"),
        claims -> claims.put("sub", "a\nb"),
        claims -> claims.put("sub", "a".repeat(1_000)));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void shouldNotBelieveTokensOfOthersOrOfAnotherTime(Consumer<JsonObject> lie) throws Exception {
    JsonObject claims = claims();
    lie.accept(claims);

    Future<Principal> known = tokens().principal(signed(pair, claims));

    assertThat(known.failed()).isTrue();
  }

  @Test
  void shouldNotBelieveOtherSignatures() throws Exception {
    String body = segment(claims().encode());
    String real = signed(pair, claims());
    String[] parts = real.split("\\.", -1);
    String modulus = publicKey(pair).encode();
    String bySecret =
        JWTAuth.create(
                VERTX,
                new JWTAuthOptions()
                    .addJwk(
                        new JsonObject()
                            .put("kty", "oct")
                            .put("alg", "HS256")
                            .put("kid", "one")
                            .put("k", segment(modulus))))
            .generateToken(claims(), new JWTOptions().setAlgorithm("HS256"));

    assertThat(
            List.of(
                signed(others, claims()),
                segment("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + body + ".",
                segment("{\"alg\":\"None\",\"typ\":\"JWT\"}") + "." + body,
                bySecret,
                parts[0] + "." + segment(claims().put("sub", "x").encode()) + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1],
                "..",
                "a",
                ""))
        .allSatisfy(token -> assertThat(tokens().principal(token).failed()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[]}",
        "{\"keys\":[1]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"alg\":\"HS256\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"enc\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\"}]}",
        "{\"keys\":[null]}",
        "{\"keys\":null}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-9999\",\"x\":\"AQ\",\"y\":\"AQ\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"A\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"use\":7}]}",
      })
  void shouldRefuseASetWithoutPublicKeys(String jwks) {
    assertThatThrownBy(() -> Tokens.of(VERTX, CONFIG, jwks.getBytes(UTF_8)))
        .isInstanceOf(UnusableAccessException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://issuer.example/jwks", "ftp://issuer.example/", "file:///etc/jwks", "jwks"})
  void shouldFetchKeysOnlyWhereNobodyCanChangeThem(String uri) {
    assertThatThrownBy(() -> new Source.AtUrl(java.net.URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
