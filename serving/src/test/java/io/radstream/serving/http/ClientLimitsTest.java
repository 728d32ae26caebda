package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.ClientLimits;
import io.radstream.serving.access.Identification;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.FakeNetwork;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that asks more than its share. */
@Timeout(30)
class ClientLimitsTest {

  private static final String SCORE = "POST /v1/score HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
  private static final String EVENTS = "GET /v1/events HTTP/1.1\r\nHost: a\r\n";

  private static final String LAST =
      "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  @TempDir private Path folder;

  private RunningApi limited(ClientLimits limits, Optional<ApiKeyFile> keys) {
    return ApiSetup.in(folder)
        .access(
            RunningApi.OPEN
                .withLimits(limits)
                .withIdentification(
                    new Identification(keys.map(ApiKeyFile::path), Optional.empty(), false)))
        .start();
  }

  @Test
  void shouldTurnAwayWhoAsksTooOften() {
    try (RunningApi running = limited(new ClientLimits(0.001, 1, 99), Optional.empty())) {
      int first = running.get("/v1/models").statusCode();

      HttpResponse<String> second = running.get("/v1/models");

      assertThat(first).isEqualTo(200);
      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(json(second).path("code").asText()).isEqualTo("too_many_requests");
      assertThat(second.headers().firstValueAsLong("Retry-After").orElseThrow())
          .isBetween(1L, 1_000L);
      assertThat(running.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldTellClientsOfOneAddressApartByTheirNames() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    String one = keys.add("one", Set.of(Access.READ));
    String other = keys.add("other", Set.of(Access.READ));
    try (RunningApi running = limited(new ClientLimits(0.001, 1, 99), Optional.of(keys))) {
      assertThat(models(running, one)).isEqualTo(200);
      assertThat(models(running, one)).isEqualTo(429);

      assertThat(models(running, other)).isEqualTo(200);
    }
  }

  @Test
  void shouldHaveGuessersWaitAndNobodyElse() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    String one = keys.add("one", Set.of(Access.READ));
    String other = keys.add("other", Set.of(Access.READ));
    try (RunningApi running = limited(new ClientLimits(0, 1, 99, 3), Optional.of(keys))) {
      assertThat(models(running, one)).isEqualTo(200);
      for (int i = 0; i < 3; i++) {
        assertThat(models(running, "rsk_guess" + i)).isEqualTo(401);
      }

      HttpResponse<String> answer =
          running.send(
              running.request("/v1/models").header("Authorization", "Bearer rsk_guess").build());

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(json(answer).path("code").asText()).isEqualTo("too_many_failed_sign_ins");
      assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 20L);
      assertThat(models(running, one)).isEqualTo(200);
      assertThat(models(running, other, "192.0.2.7")).isEqualTo(200);
      assertThat(running.get("/v1/models").statusCode()).isEqualTo(401);
    }
  }

  private static int models(RunningApi running, String key, String forwarded) {
    return running
        .send(
            running
                .request("/v1/models")
                .header("Authorization", "Bearer " + key)
                .header("X-Forwarded-For", forwarded)
                .build())
        .statusCode();
  }

  private static int models(RunningApi running, String key) {
    return running
        .send(running.request("/v1/models").header("Authorization", "Bearer " + key).build())
        .statusCode();
  }

  @Test
  void shouldLeaveRoomForOtherListeners() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    String one = keys.add("one", Set.of(Access.READ));
    String other = keys.add("other", Set.of(Access.READ));
    try (RunningApi running = limited(new ClientLimits(0, 1, 99), Optional.of(keys));
        RawConnection first = running.connect();
        RawConnection second = running.connect()) {
      first.send(EVENTS + "Authorization: Bearer " + one + "\r\n\r\n");
      first.readUntil("event: training");

      HttpResponse<String> again =
          running.send(
              running.request("/v1/events").header("Authorization", "Bearer " + one).build());
      second.send(EVENTS + "Authorization: Bearer " + other + "\r\n\r\n");
      second.readUntil("event: training");

      assertThat(again.statusCode()).isEqualTo(429);
    }
  }

  @Test
  void shouldLetAListenerComeBack() throws IOException {
    try (RunningApi running = limited(new ClientLimits(0, 1, 99), Optional.empty())) {
      try (RawConnection first = running.connect()) {
        first.send(EVENTS + "\r\n");
        first.readUntil("event: training");
      }

      String answer = "";
      while (!answer.startsWith("HTTP/1.1 200 ")) {
        try (RawConnection again = running.connect()) {
          again.send(EVENTS + "\r\n");
          answer = again.readUntil("\r\n\r\n");
        }
      }

      assertThat(answer).contains("text/event-stream");
    }
  }

  @Test
  void shouldCloseConnectionsOfAnAddressThatHasTooMany() throws IOException {
    String live = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
    try (RunningApi running = limited(new ClientLimits(0, 1, 2), Optional.empty());
        RawConnection first = running.connect();
        RawConnection second = running.connect()) {
      first.send(live);
      first.readUntil("\"up\"");
      second.send(live);
      second.readUntil("\"up\"");
      try (RawConnection third = running.connect()) {
        assertThat(third.readToEnd()).isEmpty();
      }
      first.send(LAST);
      first.readToEnd();

      String answer = "";
      while (answer.isEmpty()) {
        try (RawConnection again = running.connect()) {
          again.send(LAST);
          answer = again.readToEnd();
        } catch (java.net.SocketException e) {
          // Closed while it was being written to.
        }
      }

      assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
  }

  private String refused(String headers, String body) throws IOException {
    try (RunningApi running = ApiSetup.in(folder).start();
        RawConnection connection = running.connect()) {
      running.fleet.carryOut(
          FakeNetwork.model("line-1", new FakeNetwork()), new Verdict.Promote("test"));
      connection.send(SCORE + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
      return connection.readToEnd();
    }
  }

  private String refusedForm(String body) throws IOException {
    return refused("Content-Type: multipart/form-data; boundary=b\r\n", body + "--b--\r\n");
  }

  private static String part(String name, String more, String content) {
    return "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
        .formatted(name, more, content);
  }

  @Test
  void shouldRefuseAFormOfManyParts() throws IOException {
    String answer = refusedForm(part("a", "; filename=\"a\"", "x").repeat(1_000));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
    while (folder.toFile().list().length > 0 && !Thread.currentThread().isInterrupted()) {
      Moment.pass();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldRefuseAFormWithLongNames() throws IOException {
    String answer = refusedForm(part("a".repeat(100_000), "; filename=\"a\"", "x"));

    assertThat(answer).startsWith("HTTP/1.1 4").contains(Problem.MEDIA_TYPE);
  }

  @Test
  void shouldRefuseAFormWithLongFields() throws IOException {
    String answer = refusedForm(part("studyId", "", "x".repeat(100_000)));

    assertThat(answer).startsWith("HTTP/1.1 4").contains(Problem.MEDIA_TYPE);
  }

  @Test
  void shouldRefuseAFormWithManyPartHeaders() throws IOException {
    String answer = refusedForm(part("a", "\r\nX: y".repeat(20_000), "x"));

    assertThat(answer).startsWith("HTTP/1.1 4").contains(Problem.MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldRefuseJsonThatIsMadeToCost(int kind) throws IOException {
    String body =
        switch (kind) {
          case 0 -> "[".repeat(100_000);
          case 1 -> "{\"studyId\":" + "9".repeat(100_000) + "}";
          case 2 -> "{\"" + "a".repeat(100_000) + "\":1}";
          default -> "{\"views\":[" + "{},".repeat(100_000) + "{}]}";
        };

    String answer = refused("Content-Type: application/json\r\n", body);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_json\"");
    assertThat(answer).hasSizeLessThan(2_000);
  }
}
