package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlowRequestTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running =
        ApiSetup.in(uploads)
            .requests(
                new RequestLimits(SHORT, SHORT, SHORT, 1 << 20, Duration.ofMinutes(1), 1 << 20, 9))
            .start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{",
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\n"
      })
  void shouldEndARequestWhoseBodyNeverEnds(String rest) throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send("POST /v1/score HTTP/1.1\r\nHost: a\r\n" + rest);

      String answer = connection.dripToEnd();

      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"too_slow\"");
      assertThat(running.get("/metrics").body()).contains("route=\"/v1/score\",status=\"408\"");
    }
  }

  @Test
  void shouldCloseAConnectionWhoseHeadersNeverEnd() throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send("GET / HTTP/1.1\r\nHost: ");

      String answer = connection.dripToEnd();

      assertThat(answer).isEmpty();
    }
  }

  @Test
  void shouldCloseAConnectionWhoseSecondHeadersNeverEnd() throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: ");

      String answer = connection.dripToEnd();

      assertThat(answer).startsWith("HTTP/1.1 200 ").containsOnlyOnce("HTTP/1.1");
    }
  }

  @Test
  void shouldCloseAConnectionWhoseBodyNeverEndsAfterTheAnswer() throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send("GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");

      String answer = connection.dripToEnd();

      assertThat(answer).startsWith("HTTP/1.1 200 ").containsOnlyOnce("HTTP/1.1");
    }
  }

  @Test
  void shouldLetEventsGoOnWhileOthersAreCutOff() throws IOException {
    try (RawConnection events = running.connect();
        RawConnection slow = running.connect()) {
      events.send("GET /v1/events HTTP/1.1\r\nHost: a\r\n\r\n");
      events.readUntil("event: training");
      slow.send("GET / HTTP/1.1\r\nHost: ");
      slow.dripToEnd();

      running.events.changed(running.catalog);

      events.readUntil("event: models");
    }
  }
}
