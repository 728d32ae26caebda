package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.score.BatchLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no ordinary client sends, over a bare socket. */
class OddClientsTest {

  private static final ClientPace IMPATIENT =
      new ClientPace(Duration.ofMillis(200), 1 << 20, Duration.ofSeconds(2));
  private static final String SCORE_HEAD =
      """
      POST /v1/score HTTP/1.1
      Host: a
      Content-Type: application/json
      Content-Length: 100000

      """
          .replace("\n", "\r\n");

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running = new RunningApi(uploads, BatchLimits.DEFAULT, IMPATIENT);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%",
        "/%zz",
        "/%4",
        "/assets/%",
        "/assets/%zz",
        "/v1/%",
        "/?a=%",
        "/?%zz=1",
        "/v1/models?%"
      })
  void shouldCallATargetThatCannotBeDecodedABadRequest(String target) throws IOException {
    String answer = exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
    assertThat(running.meters.scrape()).contains("status=\"400\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%c0%af",
        "GET /a%00b",
        "GET /..%2f..",
        "GET /%2e%2e/x",
        "GET /assets/%00",
        "GET //",
        "GET /?=",
        "FOO /",
        "GET *",
        "GET x",
        "GET http://[",
        "POST /%25",
        "PUT /%2525"
      })
  void shouldNeverFailForAnOddTarget(String line) throws IOException {
    String answer = exchange(line + " HTTP/1.1\r\nHost: a:b:c\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (200|4\\d\\d) .*");
  }

  @Test
  void shouldLetAClientGoWhoseBodyNeverEnds() throws IOException {
    try (Socket socket = running.connect()) {
      write(socket, SCORE_HEAD + "{");

      String answer = rest(socket);

      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"too_slow\"");
    }
  }

  @Test
  void shouldLetAClientGoThatDripsItsBody() throws IOException {
    try (Socket socket = running.connect()) {
      write(socket, SCORE_HEAD);
      Thread drip = new Thread(() -> drip(socket));
      drip.start();

      String answer = rest(socket);

      assertThat(answer).startsWith("HTTP/1.1 408 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HTTP/1.1\r\nHost: a\r\nX-",
        "GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
        "POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      })
  void shouldCloseAConnectionThatNothingWholeComesOver(String begun) throws IOException {
    try (Socket socket = running.connect()) {
      write(socket, begun);

      String answer = rest(socket);

      assertThat(answer).doesNotContain(" 500 ");
    }
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = running.connect()) {
      write(socket, request);
      return rest(socket);
    }
  }

  /** Until the service closes. */
  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A space at a time, until the service has enough of it. */
  private static void drip(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      while (true) {
        out.write(' ');
        out.flush();
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException e) {
      // The service closed, or the test has ended.
    }
  }
}
