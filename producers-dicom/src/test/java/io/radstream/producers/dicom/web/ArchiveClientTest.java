package io.radstream.producers.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.access.Credentials;
import io.radstream.producers.access.Secret;
import io.radstream.producers.dicom.web.ArchiveException.Kind;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ArchiveClientTest {

  private static final ArchiveLimits LIMITS =
      new ArchiveLimits(
          1 << 20,
          1 << 20,
          3,
          50,
          Duration.ofSeconds(30),
          4,
          Duration.ofMillis(100),
          Duration.ofMinutes(5));

  private final List<Duration> pauses = new ArrayList<>();
  private TestArchive archive;

  @BeforeEach
  void start() throws Exception {
    archive = new TestArchive();
  }

  @AfterEach
  void stop() {
    archive.close();
  }

  @Test
  void shouldAskAgainAfterGrowingPauses() throws Exception {
    archive.instead("/it", 3, status(503));
    archive.instead("/it", text("there"));

    String answer = get(new Credentials.None());

    assertThat(answer).isEqualTo("there");
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
  }

  /** The clock says 12:00. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7                             | PT7S",
        "Tue, 3 Mar 2026 12:00:30 GMT  | PT30S",
        "Tue, 3 Mar 2026 11:00:00 GMT  | PT0.1S",
        "86400                         | PT5M",
        "999999999999999999999         | PT0.1S",
        "soon                          | PT0.1S"
      })
  void shouldLeaveAnArchiveAloneAsLongAsItAsks(String value, Duration expected) throws Exception {
    archive.instead(
        "/it",
        request -> request.response().setStatusCode(429).putHeader("Retry-After", value).end());
    archive.instead("/it", text("there"));

    String answer = get(new Credentials.None());

    assertThat(answer).isEqualTo("there");
    assertThat(pauses).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "400, BAD_ANSWER, 1", "401, CREDENTIALS, 1", "403, BAD_ANSWER, 1", "404, GONE, 1",
    "410, GONE, 1", "500, BAD_ANSWER, 4", "502, UNAVAILABLE, 4", "503, UNAVAILABLE, 4",
    "302, BAD_ANSWER, 1"
  })
  void shouldTellWhatFollowsFromAFailure(int status, Kind kind, int asked) {
    archive.instead("/it", 10, status(status));

    assertThatThrownBy(() -> get(new Credentials.None()))
        .isInstanceOfSatisfying(ArchiveException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(archive.asked("/it")).isEqualTo(asked);
  }

  @Test
  void shouldSayThatTheArchiveCannotBeReached() throws Exception {
    URI nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }

    assertThatThrownBy(() -> get(nobody, new Credentials.None()))
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void shouldNameItself() throws Exception {
    archive.instead("/it", text("there"));

    String answer = get(new Credentials.Basic("me", new Secret.Given(" pass wörd\n")));

    assertThat(answer).isEqualTo("there");
    assertThat(archive.headers("Authorization")).containsExactly("Basic bWU6cGFzcyB3w7ZyZA==");
  }

  @Test
  void shouldTakeUpARenewedToken(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "old\n");
    Credentials credentials = new Credentials.Bearer(new Secret.InFile(file));
    archive.instead("/it", 2, text("there"));
    get(credentials);
    Files.writeString(file, "new\n");

    get(credentials);

    assertThat(archive.headers("Authorization")).containsExactly("Bearer old", "Bearer new");
  }

  @Test
  void shouldSayThatATokenCannotBeRead(@TempDir Path directory) {
    Credentials credentials =
        new Credentials.Bearer(new Secret.InFile(directory.resolve("missing")));

    assertThatThrownBy(() -> get(credentials)).hasMessageContaining("cannot be read");
    assertThat(archive.asked("/it")).isZero();
  }

  @Test
  void shouldRefuseASecretOfSeveralLines() {
    assertThatThrownBy(() -> new Secret.Given("a\nX-Other: b"))
        .hasMessageContaining("one line of text");
  }

  @Test
  void shouldStopWhileItIsLeftAlone() {
    archive.instead("/it", 10, status(503));
    ArchiveClient client =
        new ArchiveClient(
            new Credentials.None(), Optional.empty(), LIMITS, time -> false, TestSettings.CLOCK);

    try (client) {
      assertThatThrownBy(() -> get(client, archive.orthanc()))
          .isInstanceOfSatisfying(
              ArchiveException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
    }
  }

  private String get(Credentials credentials) throws ArchiveException {
    return get(archive.orthanc(), credentials);
  }

  private String get(URI root, Credentials credentials) throws ArchiveException {
    try (ArchiveClient client =
        new ArchiveClient(credentials, Optional.empty(), LIMITS, this::pause, TestSettings.CLOCK)) {
      return get(client, root);
    }
  }

  private static String get(ArchiveClient client, URI root) throws ArchiveException {
    return client
        .get(URI.create(root + "/it"), "text/plain", 100, (type, body) -> text(body.readAllBytes()))
        .orElseThrow();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private boolean pause(Duration time) {
    pauses.add(time);
    return true;
  }

  private static Handler<HttpServerRequest> status(int status) {
    return request -> request.response().setStatusCode(status).end();
  }

  private static Handler<HttpServerRequest> text(String text) {
    return request -> request.response().end(text);
  }
}
