package io.radstream.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.radstream.objects.UnclaimableException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Against a store that answers as AWS does where it has an object and does not give it. */
class WithheldObjectsTest {

  private static final String NONE = "";
  private static final String DENIED = "AccessDenied";

  /** Key to the code that it is refused with. */
  private final Map<String, String> objects = new TreeMap<>();

  private String listing = NONE;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "403, InvalidObjectState, it is archived",
    "403, AccessDenied, these credentials may not do it",
    "400, KMS.DisabledException, the key that it is encrypted with cannot be used"
  })
  void shouldSayThatAnObjectIsWithheld(int status, String code, String message) {
    objects.put("a.png", status + " " + code);
    objects.put("b.png", NONE);

    assertThatThrownBy(() -> read("a.png"))
        .isInstanceOfSatisfying(
            UnclaimableException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.WITHHELD))
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseWhereNothingIsGiven() {
    objects.put("a.png", "403 " + DENIED);
    objects.put("b.png", "403 " + DENIED);

    assertThatThrownBy(() -> read("a.png"))
        .isInstanceOfSatisfying(
            ObjectStoreException.class, failure -> assertThat(failure.isAway()).isFalse())
        .hasMessageContaining("cannot read s3://bucket/of/a.png: these credentials may not do it");
  }

  @Test
  void shouldSayThatTheRightToListIsMissingWhichWouldTellWhatIsGone() {
    objects.put("a.png", "403 " + DENIED);
    listing = "403 " + DENIED;

    assertThatThrownBy(() -> read("a.png"))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("cannot list s3://bucket/of/: these credentials may not do it");
  }

  private byte[] read(String key) throws IOException {
    S3Connection connection =
        new S3Connection(
            Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
            Optional.empty(),
            Optional.empty(),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    ObjectStore store = ObjectStore.at(ObjectAddress.parse("s3://bucket/of"), connection);
    return new ClaimedObjects(List.of(store), 100, Tries.after())
        .read(new Claim(store.address().uri(key).toString(), 7, "0".repeat(64)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean isListing = path.matches("/bucket/?");
    String refused = isListing ? listing : objects.get(path.substring("/bucket/of/".length()));
    if (!refused.isEmpty()) {
      String[] parts = refused.split(" ", 2);
      send(exchange, Integer.parseInt(parts[0]), "<Error><Code>%s</Code></Error>", parts[1]);
    } else if (isListing) {
      String contents =
          objects.keySet().stream()
              .map("<Contents><Key>of/%s</Key><Size>7</Size></Contents>"::formatted)
              .collect(Collectors.joining());
      send(exchange, 200, "<ListBucketResult>%s</ListBucketResult>", contents);
    } else {
      send(exchange, 200, "%s", "content");
    }
  }

  private static void send(HttpExchange exchange, int status, String form, String content)
      throws IOException {
    byte[] body = form.formatted(content).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
