package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library would send. */
class RawRequestTest {

  private static final String CHUNKED =
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running = ApiSetup.in(uploads).start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "GET /%, 400",
        "GET /%zz, 400",
        "GET /%4, 400",
        "GET /%u0041, 400",
        "GET /assets/%, 400",
        "GET /assets/page.css%, 400",
        "GET /v1/models?a=%, 400",
        "GET /assets/page.css?a=%zz, 400",
        "GET /v1/events?%, 400",
        "POST /v1/score?a=%f, 400",
        "POST /%, 400",
        "OPTIONS *, 404",
        "GET nothing, 404",
        "GET /%c0%af, 404",
        "GET /assets/%ff, 404",
        "GET /a%00b, 404",
        "GET /assets/page.css%00, 404",
        "GET /..%2f.., 404",
        "GET /assets/..%5c..%5cpage.css, 404",
        "GET /assets/%2e%2e%2fpage.css, 404",
        "GET http://a/%, 400",
        "BREW /v1/models, 405",
        "TRACE /, 405",
        "get /v1/models, 405",
      })
  void shouldAnswerAnOddTargetAsAProblem(String target, int status) throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send(target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

      String answer = connection.readToEnd();

      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer).containsIgnoringCase("content-type: " + Problem.MEDIA_TYPE);
      assertThat(answer).contains("\"status\":" + status);
    }
  }

  @ParameterizedTest
  @MethodSource("notHttp")
  void shouldAnswerWhatIsNotHttpAsAProblemAndHangUp(String request, int status) throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send(request);

      String answer = connection.readToEnd();

      assertThat(answer).startsWith("HTTP/1.").contains(" " + status + " ");
      assertThat(answer).containsIgnoringCase("content-type: " + Problem.MEDIA_TYPE);
      assertThat(answer).contains("\"status\":" + status);
    }
  }

  static Stream<Arguments> notHttp() {
    return Stream.of(
        arguments("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        arguments("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n", 431),
        arguments("GET / WHAT\r\nHost: a\r\n\r\n", 400),
        arguments("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        arguments("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        arguments("GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n", 400),
        arguments("POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Host: a:b:c\r\n", "Host: a%b c\r\n", "Host: %\r\n", "Host: a\r\nHost: b\r\n"})
  void shouldRefuseABadHost(String header) throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send("GET / HTTP/1.1\r\nConnection: close\r\n" + header + "\r\n");

      String answer = connection.readToEnd();

      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
    }
  }

  @Test
  void shouldHangUpWhereABodyIsNotHttp() throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send("POST /v1/score HTTP/1.1\r\nHost: a\r\n" + CHUNKED + "zz\r\n");

      String answer = connection.readToEnd();

      assertThat(answer).isEmpty();
    }
  }
}
