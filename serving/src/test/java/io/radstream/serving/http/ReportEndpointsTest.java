package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.model.engine.TorchEngine;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import io.radstream.serving.write.WritingLimits;
import io.radstream.serving.write.WritingModel;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportEndpointsTest {

  private static final String REPORT = "/v1/report";

  @TempDir private Path directory;
  private RunningApi running;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void start() {
    running = ApiSetup.in(directory).writing(new WritingLimits(1, 1)).start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private WritingModel promote(WritingModel model) {
    running.fleet.carryOut(model.model(), new Verdict.Promote("test"));
    return model;
  }

  private HttpRequest asked(String query, String... headers) {
    HttpRequest request = running.files(REPORT + query, TestImages.png(64, 90));
    return headers.length == 0
        ? request
        : HttpRequest.newBuilder(request, (name, value) -> true).headers(headers).build();
  }

  private void awaitGauge(String name, int value) {
    while (running.meters.get(name).gauge().value() != value) {
      Moment.pass();
    }
  }

  private static List<JsonNode> events(String body, String name) {
    return Arrays.stream(body.split("\n\n"))
        .filter(event -> event.startsWith("event: " + name + "\ndata: "))
        .map(event -> json(event.substring(event.indexOf("data: ") + 6)))
        .toList();
  }

  @Test
  void shouldStreamTheTextAndGiveTheWholeInTheEnd() throws IOException {
    promote(WritingModel.open(directory, "line-000000007", 3));

    HttpResponse<String> response = running.send(asked("?maxTokens=20"));

    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    List<JsonNode> whole = events(response.body(), "report");
    assertThat(whole).hasSize(1);
    JsonNode report = whole.get(0);
    assertThat(
            events(response.body(), "piece").stream()
                .map(piece -> piece.get("text").asText())
                .collect(Collectors.joining()))
        .isEqualTo(report.get("report").asText())
        .isNotEmpty();
    assertThat(report.get("notice").asText()).contains("machine", "not a diagnosis");
    assertThat(report.get("tokens").asInt()).isEqualTo(20);
    assertThat(report.get("end").asText()).isEqualTo("length");
    assertThat(report.at("/checkpoint/id").asText()).isEqualTo("line-000000007");
    assertThat(report.has("seconds")).isTrue();
    assertThat(response.body()).endsWith("\n\n");
  }

  @Test
  void shouldGiveTheWholeAtOnceToWhoAcceptsJson() throws IOException {
    promote(WritingModel.open(directory, "line-000000007", 3));
    JsonNode streamed =
        events(running.send(asked("?temperature=1.5&topK=40&topP=0.9&seed=5")).body(), "report")
            .get(0);

    HttpResponse<String> response =
        running.send(
            asked("?temperature=1.5&topK=40&topP=0.9&seed=5", "Accept", "application/json"));

    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json(response).get("report")).isEqualTo(streamed.get("report"));
    assertThat(json(response).get("notice").asText()).contains("not a diagnosis");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "beams=0",
        "beams=9",
        "beams=secret",
        "beams=2&beams=2",
        "beams=2&temperature=1",
        "maxTokens=1",
        "maxTokens=secret",
        "temperature=0",
        "temperature=NaN",
        "temperature=11",
        "topK=0",
        "topP=0",
        "topP=1.1",
        "seed=secret"
      })
  void shouldRefuseWhatThereCannotBe(String query) {
    HttpResponse<String> response = running.send(asked("?" + query));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("code").asText()).isEqualTo("bad_question");
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void shouldTellWhyThereIsNoReportBeforeAnythingIsStreamed() throws IOException {
    HttpResponse<String> none = running.send(asked(""));
    assertThat(none.statusCode()).isEqualTo(503);
    assertThat(json(none).get("code").asText()).isEqualTo("no_model");

    running.fleet.carryOut(
        FakeNetwork.model("scores-only", new FakeNetwork()), new Verdict.Promote("test"));
    HttpResponse<String> incapable = running.send(asked(""));
    assertThat(incapable.statusCode()).isEqualTo(409);
    assertThat(json(incapable).get("detail").asText()).contains("without reports to write");

    promote(WritingModel.open(directory, "a", 3));
    assertThat(running.postFiles(REPORT, new byte[] {1, 2, 3}).statusCode()).isEqualTo(422);
    assertThat(running.send(asked("?model=secret")).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldTurnAwayWithATimeWhereEnoughWait() throws IOException {
    WritingModel gated = promote(WritingModel.gated(directory, "a", 3));
    CompletableFuture<HttpResponse<String>> first = running.sendAsync(asked(""));
    awaitGauge("radstream.reports.writing", 1);
    CompletableFuture<HttpResponse<String>> second = running.sendAsync(asked(""));
    awaitGauge("radstream.reports.waiting", 1);

    HttpResponse<String> third = running.send(asked(""));

    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).isPresent();
    gated.texts().allowAll();
    assertThat(events(first.join().body(), "report")).hasSize(1);
    assertThat(events(second.join().body(), "report")).hasSize(1);
  }

  @Test
  @Timeout(60)
  void shouldWriteToTheEndByTheCheckpointThatBeganWhileOthersBecomeLive() throws Exception {
    // Given a report of which a piece was sent
    stop();
    running = ApiSetup.in(directory).writing(new WritingLimits(3, 1)).start();
    WritingModel first = promote(WritingModel.gated(directory, "line-000000001", 3));
    try (RawConnection client = running.connect()) {
      client.send(question());
      first.texts().allow(1);
      client.readUntil("event: piece");

      // When another becomes live, and that is taken back
      WritingModel second = promote(WritingModel.gated(directory, "line-000000002", 4));
      CompletableFuture<HttpResponse<String>> bySecond = running.sendAsync(asked(""));
      awaitGauge("radstream.reports.waiting", 1);
      first.texts().allow(1);
      awaitGauge("radstream.reports.writing", 2);
      WritingModel again = promote(WritingModel.open(directory, "line-000000001", 3));
      assertThat(first.closed().getCount()).isEqualTo(1);
      assertThat(second.closed().getCount()).isEqualTo(1);
      first.texts().allowAll();
      second.texts().allowAll();
      String byFirst = client.readUntil("\"checkpoint\":{\"id\":\"line-000000001\"");

      // Then each is ended by whose it is, and lets it go
      assertThat(byFirst).contains("event: report").doesNotContain("event: error");
      JsonNode whole = events(bySecond.join().body(), "report").get(0);
      assertThat(whole.at("/checkpoint/id").asText()).isEqualTo("line-000000002");
      first.closed().await();
      second.closed().await();
      HttpResponse<String> later = running.send(asked("", "Accept", "application/json"));
      assertThat(json(later).at("/checkpoint/id").asText()).isEqualTo("line-000000001");
      assertThat(json(later).get("report")).isNotEqualTo(whole.get("report"));
      assertThat(again.closed().getCount()).isEqualTo(1);
    }
  }

  @Test
  void shouldFreeThePlaceOfAClientThatGoesInTheMiddle() throws Exception {
    // Given
    WritingModel gated = promote(WritingModel.gated(directory, "a", 3));
    try (RawConnection client = running.connect()) {
      client.send(question());
      gated.texts().allow(1);
      client.readUntil("event: piece");
      assertThat(running.meters.get("radstream.reports.writing").gauge().value()).isEqualTo(1);
    }

    // When
    while (cancelled() == 0) {
      Moment.pass();
    }
    gated.texts().allow(1);

    // Then no further text is read, though the report was far from its end
    awaitGauge("radstream.reports.writing", 0);
    gated.texts().allowAll();
    assertThat(events(running.send(asked("?maxTokens=4")).body(), "report")).hasSize(1);
  }

  /** A question with its body, for a connection of its own. */
  private static String question() throws IOException {
    String image = Base64.getEncoder().encodeToString(TestImages.png(64, 90));
    String body = "{\"views\":[{\"image\":\"" + image + "\"}]}";
    return "POST /v1/report HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private double cancelled() {
    return running.meters.get("radstream.reports").tag("outcome", "cancelled").counter().count();
  }

  @Test
  void shouldEndAStreamWithTheProblemWhereTheTimeIsOver() throws IOException {
    WritingModel gated = promote(WritingModel.gated(directory, "a", 3));
    gated.texts().allow(1);

    HttpResponse<String> response = running.send(asked("", "timeout", "2s"));

    gated.texts().allowAll();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(events(response.body(), "piece")).hasSize(1);
    assertThat(events(response.body(), "error").get(0).get("code").asText())
        .isEqualTo("deadline_exceeded");
  }

  @Test
  void shouldKeepTheConnectionOfWhoWaitsForText() throws IOException {
    // Given
    RequestLimits usual = RequestLimits.DEFAULT;
    RequestLimits impatient =
        new RequestLimits(
            usual.head(),
            usual.between(),
            usual.grace(),
            usual.bytesPerSecond(),
            Duration.ofSeconds(1),
            usual.bodyBytes(),
            usual.listeners());
    stop();
    running = ApiSetup.in(directory).requests(impatient).start();
    WritingModel gated = promote(WritingModel.gated(directory, "a", 3));
    try (RawConnection client = running.connect()) {
      client.send(question());

      // When twice as long passes as a silent connection is left open
      for (int beats = 0; beats < 40; beats++) {
        client.readUntil(":\n\n");
      }

      // Then
      gated.texts().allowAll();
      assertThat(client.readUntil("event: report")).contains("event: piece");
    }
  }

  @Test
  void shouldGiveAStatusWhereTheTimeIsOverBeforeThereIsText() throws IOException {
    WritingModel gated = promote(WritingModel.gated(directory, "a", 3));

    HttpResponse<String> response = running.send(asked("", "timeout", "100ms"));

    gated.texts().allowAll();
    assertThat(response.statusCode()).isEqualTo(504);
  }
}
