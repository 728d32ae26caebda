package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.access.Neighbours;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers send that somebody misleads. */
class BrowserTest {

  private static final String SCORE = "POST /v1/score";
  private static final String MODELS = "GET /v1/models";

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running =
        ApiSetup.in(uploads)
            .access(
                RunningApi.OPEN.withNeighbours(
                    new Neighbours(
                        Set.of("Scores.example", "[fd00::7]"), Set.of("https://viewer.example"))))
            .start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private String answer(String target, String host, String headers) throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send(
          target
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nContent-Type: application/json\r\nContent-Length: 0\r\nConnection: close\r\n"
              + headers
              + "\r\n");
      return connection.readToEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST",
        "127.0.0.1:8080",
        "127.8.8.8",
        "10.1.2.3:80",
        "[::1]:8080",
        "[fd00::7]",
        "a.localhost",
        "scores.example",
        "SCORES.EXAMPLE:443"
      })
  void shouldAnswerUnderItsNamesAndUnderAnyAddress(String host) throws IOException {
    assertThat(answer(MODELS, host, "")).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "1.2.3",
        "scores.example.evil.example",
        "xlocalhost",
        "localhost."
      })
  void shouldNotAnswerUnderNamesThatSomebodyElseLedHere(String host) throws IOException {
    String answer = answer(MODELS, host, "");

    assertThat(answer).startsWith("HTTP/1.1 421 ").contains("\"code\":\"unknown_host\"");
    assertThat(answer).contains("--public-host").doesNotContain("evil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://localhost:8080",
        "Origin: https://localhost:8080",
        "Origin: https://viewer.example",
        "Origin: https://viewer.example\r\nSec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "X: y"
      })
  void shouldLetOwnAndListedPagesAsk(String header) throws IOException {
    String answer = answer(SCORE, "localhost:8080", header + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"no_image\"");
  }

  @ParameterizedTest
  @CsvSource({
    "POST /v1/score, Origin: https://evil.example",
    "POST /v1/score, Origin: null",
    "POST /v1/score, Origin: http://localhost:8081",
    "POST /v1/score, Origin: localhost:8080",
    "POST /v1/score, Origin: http://viewer.example",
    "POST /v1/score, Origin: ://localhost:8080",
    "POST /v1/score, Sec-Fetch-Site: cross-site",
    "POST /v1/score, Sec-Fetch-Site: same-site",
    "GET /v1/models, Origin: https://evil.example",
    "GET /v1/models, Sec-Fetch-Site: cross-site",
    "GET /v1/events, Sec-Fetch-Site: cross-site",
    "GET /nothing, Origin: https://evil.example",
  })
  void shouldNotLetPagesOfOtherSitesAsk(String target, String header) throws IOException {
    String answer = answer(target, "localhost:8080", header + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 403 ").contains("\"code\":\"foreign_origin\"");
    assertThat(answer).doesNotContainIgnoringCase("Access-Control-Allow-Origin");
  }

  @Test
  void shouldLetPeopleFollowALink() throws IOException {
    String link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n";

    assertThat(answer("GET /", "localhost", link)).startsWith("HTTP/1.1 200 ");
    assertThat(answer(SCORE, "localhost", link)).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void shouldTellABrowserThatAListedPageMayAsk() throws IOException {
    String asked = "Access-Control-Request-Method: POST\r\n";

    String listed =
        answer("OPTIONS /v1/score", "localhost", asked + "Origin: https://viewer.example\r\n");
    String other =
        answer("OPTIONS /v1/score", "localhost", asked + "Origin: https://evil.example\r\n");

    assertThat(listed)
        .startsWith("HTTP/1.1 204 ")
        .containsIgnoringCase("access-control-allow-origin: https://viewer.example");
    assertThat(other).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /", MODELS, "GET /nothing", "GET /%", SCORE, "GET /a b"})
  void shouldTellBrowsersWhatTheyMustNotDo(String target) throws IOException {
    String answer = answer(target, "localhost", "");

    assertThat(answer)
        .containsIgnoringCase("content-security-policy: default-src 'none'; script-src 'self';")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .containsIgnoringCase("referrer-policy: no-referrer")
        .containsIgnoringCase("cross-origin-opener-policy: same-origin")
        .containsIgnoringCase("cross-origin-resource-policy: same-origin")
        .containsIgnoringCase("permissions-policy: ")
        .doesNotContain("unsafe")
        .doesNotContainIgnoringCase("strict-transport-security");
  }
}
