package io.radstream.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Against a server that answers anything but what it is asked. */
class TriedOnceTest {

  private static final String CLOCK =
      "<Error><Code>RequestTimeTooSkewed</Code><Message>-</Message></Error>";

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldAskOnceWhereTheStoreCannotAnswerNow() {
    answer(503, "");
    ObjectStore store = store();

    assertThatThrownBy(() -> store.triedOnce().read("it", 9))
        .isInstanceOfSatisfying(
            ObjectStoreException.class, failure -> assertThat(failure.isAway()).isTrue());

    assertThat(asked).hasValue(1);
    assertThat(store.failures()).isEqualTo(1);
  }

  @Test
  void shouldAskOnceMoreWhereTheClockIsWrong() {
    answer(403, CLOCK);

    assertThatThrownBy(() -> store().triedOnce().read("it", 9))
        .hasMessageContaining("this machine's clock is wrong; set it");

    assertThat(asked).hasValue(2);
  }

  private void answer(int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private ObjectStore store() {
    return ObjectStore.at(
        ObjectAddress.parse("s3://bucket"),
        new S3Connection(
            Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
            Optional.empty(),
            Optional.empty(),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))));
  }
}
