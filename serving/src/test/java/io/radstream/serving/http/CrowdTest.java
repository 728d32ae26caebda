package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More clients than there is room for. */
class CrowdTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  /** What a request is answered here that was let in. */
  private static final int NO_MODEL = 503;

  private static final String HEAD =
      "POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running =
        ApiSetup.in(uploads)
            .requests(new RequestLimits(LONG, LONG, LONG, 1, LONG, RunningApi.MAX_BODY_BYTES, 2))
            .start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldReadNoMoreBodiesThanThereIsRoomFor() throws IOException {
    try (RawConnection first = running.connect()) {
      first.send(HEAD + "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");
      first.readUntil("100 Continue");

      HttpResponse<String> second = running.postJson("/v1/score", " ".repeat(100_000));

      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(RunningApi.json(second).path("code").asText()).isEqualTo("overloaded");
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      assertThat(running.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldMakeRoomWhenARequestIsAnsweredOrItsClientIsGone() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(running.postJson("/v1/score", " ".repeat(900_000)).statusCode())
          .isEqualTo(NO_MODEL);
    }
    try (RawConnection gone = running.connect()) {
      gone.send(HEAD + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
      gone.readUntil("100 Continue");
      assertThat(running.postJson("/v1/score", "{}").statusCode()).isEqualTo(429);
    }

    int status = 429;
    while (status == 429) {
      status = running.postJson("/v1/score", "{}").statusCode();
    }

    assertThat(status).isEqualTo(NO_MODEL);
  }

  @Test
  void shouldTurnAwayMoreListenersThanThereIsRoomFor() throws IOException {
    try (RawConnection first = running.connect();
        RawConnection second = running.connect()) {
      first.send("GET /v1/events HTTP/1.1\r\nHost: a\r\n\r\n");
      first.readUntil("event: training");
      second.send("GET /v1/events HTTP/1.1\r\nHost: a\r\n\r\n");
      second.readUntil("event: training");

      HttpResponse<String> third = running.get("/v1/events");

      assertThat(third.statusCode()).isEqualTo(429);
      assertThat(third.body()).contains("pages that are listening already: 2");
    }
  }
}
