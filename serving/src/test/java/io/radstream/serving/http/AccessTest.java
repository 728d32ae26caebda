package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask what, by API keys. */
class AccessTest {

  /** What a scoring request is answered here that was let in. */
  private static final int NO_MODEL = 503;

  private static final String HEAD =
      "POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

  @TempDir private Path folder;
  private ApiKeyFile keys;
  private String scorer;
  private String reader;
  private String operator;
  private RunningApi running;

  @BeforeEach
  void start() throws IOException {
    keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    scorer = keys.add("scorer", Set.of(Access.SCORE));
    reader = keys.add("reader", Set.of(Access.READ));
    operator = keys.add("operator", Set.of(Access.OPERATE));
    running = running(false);
  }

  private RunningApi running(boolean publicMetrics) {
    Identification known =
        new Identification(Optional.of(keys.path()), Optional.empty(), publicMetrics);
    return ApiSetup.in(folder)
        .access(RunningApi.OPEN.withIdentification(known).withReload(Duration.ofMillis(20)))
        .start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private HttpResponse<String> get(RunningApi api, String path, String key) {
    return api.send(api.request(path).header("Authorization", "Bearer " + key).build());
  }

  private HttpResponse<String> get(String path, String key) {
    return get(running, path, key);
  }

  private HttpResponse<String> score(String key) {
    return running.send(
        running
            .request("/v1/score")
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
            .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/assets/page.js", "/openapi.yaml", "/health/live", "/assets/nothing"})
  void shouldAnswerEverybodyWhatNobodyNeedsAKeyFor(String path) {
    HttpResponse<String> answer = running.get(path);

    assertThat(answer.statusCode()).isNotEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models", "/v1/training", "/v1/events", "/metrics"})
  void shouldAskWhoWantsToRead(String path) {
    HttpResponse<String> answer = running.get(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"radstream\"");
    assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    assertThat(json(answer).path("code").asText()).isEqualTo("unauthenticated");
  }

  @Test
  void shouldAskBeforeABodyIsRead() throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send(HEAD + "Content-Length: 1000000\r\n\r\n");

      connection.readUntil("\"code\":\"unauthenticated\"");
    }
  }

  @Test
  void shouldAnswerByRoles() {
    List<Integer> read =
        List.of(
            get("/v1/models", scorer).statusCode(),
            get("/v1/models", reader).statusCode(),
            get("/v1/models", operator).statusCode());
    List<Integer> scored =
        List.of(
            score(scorer).statusCode(), score(reader).statusCode(), score(operator).statusCode());

    assertThat(read).containsExactly(403, 200, 200);
    assertThat(scored).containsExactly(NO_MODEL, 403, 403);
  }

  @Test
  void shouldSayWhichRoleIsMissing() {
    HttpResponse<String> answer = score(reader);

    assertThat(json(answer).path("code").asText()).isEqualTo("missing_role");
    assertThat(json(answer).path("detail").asText()).contains("'score'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer rsk_guessed",
        "Bearer rsk_",
        "Bearer a.b.c",
        "Bearer ..",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        "bearer \u00ff\u0001",
        "Bearer ",
        "Basic YTpi",
        "",
        "rsk_",
      })
  void shouldKnowNobodyByWhatIsNoKey(String shown) throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send(
          "GET /v1/models HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: "
              + shown
              + "\r\n\r\n");

      String answer = connection.readToEnd();

      assertThat(answer).matches("(?s)HTTP/1.1 (401|400) .*");
    }
  }

  @Test
  void shouldTakeUpKeysWhileItRuns() throws IOException {
    String late = keys.add("late", Set.of(Access.READ));
    while (get("/v1/models", late).statusCode() != 200) {
      Moment.pass();
    }
    Files.writeString(keys.path(), "no list of keys");
    Files.writeString(folder.resolve("next.yaml"), "");
    int broken = get("/v1/models", late).statusCode();
    Files.move(
        folder.resolve("next.yaml"),
        keys.path(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    while (get("/v1/models", reader).statusCode() != 401) {
      Moment.pass();
    }

    int withdrawn = get("/v1/models", late).statusCode();

    assertThat(broken).isEqualTo(200);
    assertThat(withdrawn).isEqualTo(401);
  }

  @Test
  void shouldShowMetricsToEverybodyWhereThatIsSaid() {
    try (RunningApi open = running(true)) {
      assertThat(open.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(open.get("/v1/models").statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, READ", "POST, OPERATE", "PUT, OPERATE", "DELETE, OPERATE"})
  void shouldTakeAnEndpointForAChangeThatDoesNotSay(String method, Access needed) {
    Endpoint endpoint =
        new Endpoint(HttpMethod.valueOf(method), "/", List.of(), context -> context.end());

    assertThat(endpoint.needs()).isEqualTo(needed);
  }
}
