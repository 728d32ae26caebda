package io.radstream.serving.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys for tokens from a real HTTP server, which may be away, slow or hostile. */
@Timeout(60)
class KeySetServerTest {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final String NEW_KIND =
      "{\"kty\":\"EC\",\"use\":\"sig\",\"crv\":\"P-9999\",\"kid\":\"x\",\"x\":\"AQ\",\"y\":\"AQ\"}";

  private static final String NEW_KIND_ALONE = "{\"keys\":[" + NEW_KIND + "]}";

  private static KeyPair old;
  private static KeyPair next;

  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;
  private int port;

  /** Asked for each request, so that a test may change it. */
  private volatile Handler<HttpServerRequest> answer = request -> request.response().end("{}");

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    old = generator.generateKeyPair();
    next = generator.generateKeyPair();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void listen() {
    server = vertx.createHttpServer().requestHandler(request -> answer.handle(request));
    port =
        server
            .listen(port, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
  }

  private void stopListening() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }

  private Source.AtUrl source() {
    return new Source.AtUrl(URI.create("http://127.0.0.1:" + port + "/jwks"), SHORT);
  }

  private Callers callers() throws IOException {
    JwtConfig config = new JwtConfig(source(), "https://issuer.example", "radstream", "roles");
    return Callers.of(vertx, new Identification(Optional.empty(), Optional.of(config), false));
  }

  private static boolean knows(Callers callers, String token) {
    return callers
        .principal(token)
        .toCompletionStage()
        .toCompletableFuture()
        .handle((known, failure) -> failure == null)
        .join();
  }

  private static Handler<HttpServerRequest> serving(String... keys) {
    String set = Stream.of(keys).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    return request -> request.response().end(set);
  }

  private static String key(String id, KeyPair pair) {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
        .formatted(id, number(key.getModulus()), number(key.getPublicExponent()));
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return BASE64.encodeToString(Arrays.copyOfRange(bytes, bytes[0] == 0 ? 1 : 0, bytes.length));
  }

  private static String token(String id, KeyPair pair) throws Exception {
    String head = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(id);
    String claims =
        "{\"sub\":\"viewer\",\"iss\":\"https://issuer.example\",\"aud\":[\"radstream\"],\"exp\":%d,\"roles\":[\"read\"]}"
            .formatted(Instant.now().plusSeconds(600).getEpochSecond());
    String said =
        BASE64.encodeToString(head.getBytes(UTF_8))
            + "."
            + BASE64.encodeToString(claims.getBytes(UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(said.getBytes(UTF_8));
    return said + "." + BASE64.encodeToString(signature.sign());
  }

  @Test
  void shouldTakeUpKeysThatAreTurnedOver() throws Exception {
    listen();
    answer = serving(key("one", old));
    Callers callers = callers();
    boolean early = knows(callers, token("two", next));
    answer = serving(key("one", old), key("two", next));
    callers.poll();
    boolean both = knows(callers, token("one", old)) && knows(callers, token("two", next));
    answer = serving(key("two", next));

    callers.poll();

    assertThat(early).isFalse();
    assertThat(both).isTrue();
    assertThat(knows(callers, token("two", next))).isTrue();
    assertThat(knows(callers, token("one", old))).isFalse();
  }

  @Test
  void shouldBelieveNobodyUntilTheServerIsThere() throws Exception {
    listen();
    stopListening();
    Callers callers = callers();
    boolean early = knows(callers, token("one", old));
    listen();
    answer = serving(key("one", old));

    callers.poll();

    assertThat(early).isFalse();
    assertThat(knows(callers, token("one", old))).isTrue();
  }

  @Test
  void shouldGoOnWithItsKeysWhereTheServerGoes() throws Exception {
    listen();
    answer = serving(key("one", old));
    Callers callers = callers();
    stopListening();

    callers.poll();

    assertThat(knows(callers, token("one", old))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{\"keys\":[]}",
        "{\"keys\":[[[[[[[[]]]]]]]]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"!\"}]}",
        "{\"keys\":null}",
        NEW_KIND_ALONE,
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"alg\":\"HS256\"}]}",
      })
  void shouldGoOnWithItsKeysWhereAHostileServerHasOthers(String set) throws Exception {
    listen();
    answer = serving(key("one", old));
    Callers callers = callers();
    answer = request -> request.response().end(set);

    callers.poll();

    assertThat(knows(callers, token("one", old))).isTrue();
  }

  @Test
  void shouldPassOverAKeyOfAKindThatIsNotKnownYet() throws Exception {
    listen();
    answer = serving(NEW_KIND, key("one", old));

    Callers callers = callers();

    assertThat(knows(callers, token("one", old))).isTrue();
  }

  @Test
  void shouldNotFollowToAnotherPlace() {
    listen();
    answer =
        request ->
            request
                .response()
                .setStatusCode(302)
                .putHeader("Location", "http://127.0.0.1:" + port + "/other")
                .end();

    assertThatThrownBy(() -> source().read()).hasMessage("the server answers with 302");
  }

  @Test
  void shouldNotWaitForAServerThatSaysNothing() {
    listen();
    answer = request -> {};

    assertThatThrownBy(() -> source().read()).isInstanceOf(IOException.class);
  }

  @Test
  void shouldNotWaitForABodyThatDrips() {
    listen();
    answer =
        request -> {
          request.response().setChunked(true).write("{");
          vertx.setPeriodic(100, fired -> request.response().write(" "));
        };

    assertThatThrownBy(() -> source().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("takes longer than");
  }

  @RepeatedTest(20)
  void shouldNotTakeABodyWithoutEnd() {
    listen();
    Buffer much = Buffer.buffer(new byte[Source.MOST_BYTES]);
    answer =
        request -> request.response().setChunked(true).write(much).onSuccess(more(request, much));

    assertThatThrownBy(() -> source().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than");
  }

  private static Handler<Void> more(HttpServerRequest request, Buffer much) {
    return written -> request.response().write(much).onSuccess(more(request, much));
  }
}
