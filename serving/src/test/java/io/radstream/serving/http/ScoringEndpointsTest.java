package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringEndpointsTest {

  private static final String SCORE = "/v1/score";

  @TempDir private Path uploads;
  private RunningApi running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  private FakeNetwork start(BatchLimits limits) {
    FakeNetwork network = new FakeNetwork();
    running = ApiSetup.in(uploads).batches(limits).start("line-000000007", network);
    return network;
  }

  private FakeNetwork start() {
    return start(BatchLimits.DEFAULT);
  }

  @Test
  void shouldScoreUploadedFiles() {
    start();

    JsonNode white = json(running.postFiles(SCORE, TestImages.white(), TestImages.png(80, 250)));
    JsonNode black = json(running.postFiles(SCORE, TestImages.black()));

    assertThat(white.at("/probabilities/bright").asDouble()).isGreaterThan(0.99);
    assertThat(black.at("/probabilities/bright").asDouble()).isLessThan(0.01);
    assertThat(white.at("/checkpoint/id").asText()).isEqualTo("line-000000007");
    assertThat(white.at("/checkpoint/step").asLong()).isEqualTo(7);
    assertThat(white.get("rawProbabilities")).isEqualTo(white.get("probabilities"));
    assertThat(white.at("/calibration/applied").asBoolean(true)).isFalse();
    assertThat(white.at("/calibration/reason").asText()).contains("was not calibrated");
    assertThat(white.has("familiarity")).isFalse();
    assertThat(white.at("/views/distinct").asInt()).isEqualTo(2);
    assertThat(white.at("/views/used")).hasSize(3);
    assertThat(white.at("/timing/totalMillis").asDouble()).isPositive();
  }

  @Test
  void shouldScoreImagesInJson() {
    start();

    JsonNode answer =
        json(running.postJson(SCORE, body("S-17", "PA", TestImages.white()).toString()));

    assertThat(answer.at("/probabilities/bright").asDouble()).isGreaterThan(0.99);
    assertThat(answer.at("/studyId").asText()).isEqualTo("S-17");
  }

  @Test
  void shouldGiveAUnitVector() {
    start();

    JsonNode answer = json(running.postFiles("/v1/embed", TestImages.png(64, 90)));

    double squares = 0;
    for (JsonNode value : answer.at("/vector")) {
      squares += value.asDouble() * value.asDouble();
    }
    assertThat(squares).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
    assertThat(answer.has("probabilities")).isFalse();
  }

  @Test
  void shouldDrawTheSameThreeOfManyViewsEveryTime() {
    start();
    byte[][] seven =
        IntStream.range(0, 7).mapToObj(i -> TestImages.png(64, i * 30)).toArray(byte[][]::new);

    List<JsonNode> answers =
        Stream.generate(() -> json(running.postFiles(SCORE, seven))).limit(3).toList();

    assertThat(answers.get(0).at("/views/used")).hasSize(3);
    assertThat(answers)
        .map(answer -> answer.at("/views").toString())
        .hasSize(3)
        .containsOnly(answers.get(0).at("/views").toString());
    assertThat(answers)
        .map(answer -> answer.at("/probabilities").toString())
        .containsOnly(answers.get(0).at("/probabilities").toString());
  }

  @Test
  void shouldCountAViewThatIsSentTwiceOnce() {
    start();

    JsonNode answer =
        json(running.postFiles(SCORE, TestImages.white(), TestImages.white(), TestImages.black()));

    assertThat(answer.at("/views/distinct").asInt()).isEqualTo(2);
    assertThat(answer.at("/views/used").toString()).doesNotContain("1");
  }

  @Test
  void shouldAskForAnImage() {
    start();

    List<HttpResponse<String>> responses =
        List.of(
            running.postFiles(SCORE),
            running.postJson(SCORE, ""),
            running.postJson(SCORE, "{}"),
            running.postJson(SCORE, "null"),
            running.postJson(SCORE, "{\"views\":[]}"),
            running.postJson(SCORE, "{\"views\":[null]}"),
            running.postJson(SCORE, "{\"views\":[{\"projection\":\"PA\"}]}"));

    assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(400);
    assertThat(RunningApi.codes(responses)).containsOnly("no_image");
  }

  @Test
  void shouldRefuseATextFileNamedPng() {
    start();

    refused(
        running.postFiles(SCORE, "no image".getBytes(StandardCharsets.UTF_8)),
        "view 1: not a PNG or JPEG image");
  }

  @Test
  void shouldRefuseATruncatedJpegAndSayWhichOne() {
    start();

    refused(
        running.postFiles(SCORE, TestImages.white(), TestImages.truncatedJpeg()),
        "view 2: image is truncated");
  }

  @Test
  void shouldRefuseAnImageThatNoProducerWouldPublish() {
    start();

    refused(
        running.postFiles(SCORE, TestImages.png(6000, 40, 80)), "view 1: image is 6000×40 pixels");
  }

  @Test
  void shouldRefuseAnImageOfOnePixel() {
    start();

    refused(running.postFiles(SCORE, TestImages.png(1, 9)), "view 1: image is 1×1 pixels");
  }

  @Test
  void shouldRefuseAHugeHeader() {
    start();

    refused(running.postFiles(SCORE, TestImages.hugeHeader()), "image is 30000×30000 pixels");
  }

  @Test
  void shouldRefuseABadViewEvenIfItWouldNotBeDrawn() {
    start();
    byte[][] eight =
        IntStream.range(0, 8).mapToObj(i -> TestImages.png(64, i * 30)).toArray(byte[][]::new);
    List<Integer> statuses =
        IntStream.range(0, 8)
            .mapToObj(
                bad -> {
                  byte[][] views = eight.clone();
                  views[bad] = TestImages.truncatedJpeg();
                  return running.postFiles(SCORE, views).statusCode();
                })
            .toList();

    assertThat(statuses).containsOnly(422);
  }

  private static void refused(HttpResponse<String> response, String detail) {
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    assertThat(json(response).at("/code").asText()).isEqualTo("unusable_image");
    assertThat(json(response).at("/detail").asText()).contains(detail);
  }

  @Test
  void shouldRefuseTooManyViews() {
    start();
    byte[][] many = Collections.nCopies(17, TestImages.white()).toArray(byte[][]::new);

    HttpResponse<String> response = running.postFiles(SCORE, many);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/code").asText()).isEqualTo("too_many_views");
  }

  /** Found by benchmarks/fuzz, among whole requests. */
  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data; boundary=", "multipart/form-data; boundary"})
  void shouldRefuseAFormWithoutABoundary(String type) {
    start();

    HttpResponse<String> response =
        running.send(
            running
                .request(SCORE)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("--\r\n"))
                .build());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/code").asText()).isEqualTo("bad_request");
  }

  /** Found by benchmarks/fuzz: body-form. Netty's decoder throws what Vert.x does not expect. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Disposition: form-data; name",
        "Content-Disposition: form-data; name=\"a\"; filename",
        "Content-Type: multipart/mixed",
        "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=?",
        "Content-Disposition: form-data; name=\"a\"; filename*=x''a",
        "Content-Disposition: form-data; name=\" \"",
      })
  void shouldRefuseAPartWhoseHeadIsMalformed(String head) {
    start();

    HttpResponse<String> response =
        running.send(
            running
                .request(SCORE)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString("--b\r\n" + head + "\r\n\r\nx\r\n--b--\r\n"))
                .build());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    assertThat(json(response).at("/code").asText()).isEqualTo("bad_request");
  }

  /** Found by benchmarks/fuzz: body-study. */
  @Test
  void shouldRefuseBytesThatAreNoText() {
    start();
    byte[] brokenUtf32 = {0, 0, 0, '{', 0x7F, -1, -1, -1};

    HttpResponse<String> response =
        running.send(
            running
                .request(SCORE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(brokenUtf32))
                .build());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/code").asText()).isEqualTo("bad_json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"views\":[{\"image\":",
        "[]",
        "17",
        "{\"view\":[]}",
        "{\"views\":[{\"image\":\"not base64!\"}]}",
        "{\"views\":[{\"image\":\"\",\"projection\":\"SIDEWAYS\"}]}",
        "{\"views\":[]} {}",
      })
  void shouldRefuseBadJson(String body) {
    start();

    HttpResponse<String> response = running.postJson(SCORE, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/code").asText()).isEqualTo("bad_json");
    assertThat(json(response).at("/detail").asText()).isNotBlank().doesNotContain("io.radstream");
  }

  @Test
  void shouldRefuseAStudyIdWithoutEnd() {
    start();

    HttpResponse<String> response =
        running.postJson(SCORE, body("S".repeat(200), "PA", TestImages.white()).toString());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/code").asText()).isEqualTo("bad_study_id");
  }

  @Test
  void shouldRefuseABrokenMultipartBody() {
    start();

    HttpResponse<String> response =
        running.send(
            running
                .request(SCORE)
                .header("Content-Type", "multipart/form-data")
                .POST(BodyPublishers.ofString("--x\r\nnot a part"))
                .build());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
  }

  @Test
  void shouldRefuseAnotherContentType() {
    start();

    HttpResponse<String> text =
        running.send(
            running
                .request(SCORE)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("hello"))
                .build());
    HttpResponse<String> none =
        running.send(running.request(SCORE).POST(BodyPublishers.ofString("hello")).build());

    assertThat(List.of(text.statusCode(), none.statusCode())).containsOnly(415);
    assertThat(json(text).at("/detail").asText()).contains("multipart/form-data");
  }

  @Test
  void shouldRefuseABodyOverTheLimit() {
    start();
    byte[] large = new byte[(int) RunningApi.MAX_BODY_BYTES + 1];

    HttpResponse<String> response = running.postFiles(SCORE, large);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(json(response).at("/code").asText()).isEqualTo("too_large");
  }

  @Test
  void shouldAskToComeBackWhileThereIsNoModel() {
    running = ApiSetup.in(uploads).start();

    HttpResponse<String> response = running.postFiles(SCORE, TestImages.white());

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(json(response).at("/code").asText()).isEqualTo("no_model");
  }

  @Test
  void shouldTurnAwayWhatDoesNotFitTheQueueAndAnswerTheRest() throws Exception {
    FakeNetwork network = start(new BatchLimits(1, Duration.ZERO, 1));
    CountDownLatch gate = network.shut();
    CompletableFuture<HttpResponse<String>> first =
        running.sendAsync(running.files(SCORE, TestImages.white()));
    network.awaitEntered();

    HttpResponse<String> second = running.postFiles(SCORE, TestImages.white());
    gate.countDown();

    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(running.postFiles(SCORE, TestImages.white()).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldHideAnUnforeseenFailureAndGoOn() {
    FakeNetwork network = start();
    network.failWith(new IllegalStateException("secret of the native library"));

    HttpResponse<String> failed = running.postFiles(SCORE, TestImages.white());
    network.failWith(null);

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).doesNotContain("secret");
    assertThat(running.postFiles(SCORE, TestImages.white()).statusCode()).isEqualTo(200);
  }

  private static JsonNode body(String studyId, String projection, byte[] image) {
    com.fasterxml.jackson.databind.node.ObjectNode body =
        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    body.put("studyId", studyId);
    body.putArray("views")
        .addObject()
        .put("image", Base64.getEncoder().encodeToString(image))
        .put("projection", projection);
    return body;
  }
}
