package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.inference.InferenceBody;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceEndpointsTest {

  private static final String MODEL = "/v2/models/radstream";
  private static final String INFER = MODEL + "/infer";

  @TempDir private Path uploads;
  private RunningApi running;

  @AfterEach
  void stop() {
    running.close();
  }

  private FakeNetwork start(BatchLimits limits, FakeNetwork network) {
    running = ApiSetup.in(uploads).batches(limits).start();
    live("line-000000007", network);
    return network;
  }

  private FakeNetwork start() {
    return start(BatchLimits.DEFAULT, new FakeNetwork());
  }

  private void live(String checkpoint, FakeNetwork network) {
    running.fleet.carryOut(FakeNetwork.model(checkpoint, network), new Verdict.Promote("test"));
  }

  @Test
  void shouldDescribeTheServiceAndItsModel() {
    start();

    JsonNode server = json(running.get("/v2"));
    JsonNode model = json(running.get(MODEL));

    assertThat(server.at("/name").asText()).isEqualTo("radstream");
    assertThat(server.at("/extensions").toString()).contains("binary_tensor_data");
    assertThat(json(running.get("/v2/models")).at("/models").toString())
        .isEqualTo("[\"radstream\"]");
    assertThat(model.at("/versions").toString()).isEqualTo("[\"line-000000007\"]");
    assertThat(model.at("/platform").asText()).isEqualTo("radstream_pytorch");
    assertThat(model.at("/inputs").toString())
        .isEqualTo("[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[-1,-1]}]");
    assertThat(model.at("/outputs").findValuesAsText("name"))
        .containsExactly(
            "probabilities", "finding", "checkpoint", "vector", "raw_probabilities", "familiarity");
    assertThat(json(running.get(MODEL + "/config")).at("/max_batch_size").asInt()).isZero();
    assertThat(json(running.postJson("/v2/repository/index", "")).at("/0/version").asText())
        .isEqualTo("line-000000007");
  }

  @Test
  void shouldHaveNoVectorsWhereTheCheckpointHasNone() {
    start(BatchLimits.DEFAULT, new FakeNetwork(Set.of(Capability.LABELS), List.of("opacity")));

    JsonNode model = json(running.get(MODEL));
    JsonNode all = json(running.postJson(INFER, body("[1]", TestImages.white())));
    HttpResponse<String> vector =
        running.postJson(INFER, asking("vector", body("[1]", TestImages.white())));

    assertThat(model.at("/outputs").findValuesAsText("name")).doesNotContain("vector");
    assertThat(output(all, "finding").at("/data").toString()).isEqualTo("[\"opacity\"]");
    assertThat(all.at("/outputs")).hasSize(5);
    assertThat(vector.statusCode()).isEqualTo(409);
    assertThat(json(vector).at("/error").asText()).contains("cannot do this");
  }

  @Test
  void shouldTellHealthAsTheProtocolHasIt() {
    running = ApiSetup.in(uploads).start();
    List<HttpResponse<String>> before =
        List.of(
            running.get("/v2/health/ready"),
            running.get(MODEL + "/ready"),
            running.get(MODEL),
            running.postJson(INFER, body("[1]", TestImages.white())));
    live("line-000000007", new FakeNetwork());

    assertThat(before).extracting(HttpResponse::statusCode).containsOnly(503);
    assertThat(before)
        .allSatisfy(
            answer -> assertThat(json(answer).at("/error").asText()).contains("no checkpoint"));
    assertThat(running.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
    assertThat(running.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
    assertThat(json(running.get(MODEL + "/ready")).at("/ready").asBoolean()).isTrue();
    assertThat(running.get(MODEL + "/versions/line-000000007/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldScoreStudiesInTheirOrderAsTheOtherInterfaceDoes() {
    start();
    byte[] gray = TestImages.png(64, 90);
    String body =
        body(
            "[3, 2]",
            TestImages.white(),
            TestImages.png(80, 250),
            gray,
            new byte[0],
            TestImages.black(),
            new byte[0]);

    JsonNode answer = json(running.postJson(INFER, body));

    JsonNode probabilities = output(answer, "probabilities");
    assertThat(answer.at("/id").asText()).isEqualTo("42");
    assertThat(answer.at("/model_name").asText()).isEqualTo("radstream");
    assertThat(answer.at("/model_version").asText()).isEqualTo("line-000000007");
    assertThat(probabilities.at("/datatype").asText()).isEqualTo("FP32");
    assertThat(probabilities.at("/shape").toString()).isEqualTo("[3,1]");
    assertThat(probabilities.at("/data/0").asDouble()).isGreaterThan(0.99);
    assertThat(probabilities.at("/data/1").asDouble())
        .isCloseTo(
            json(running.postFiles("/v1/score", gray)).at("/probabilities/bright").asDouble(),
            within(1e-7));
    assertThat(probabilities.at("/data/2").asDouble()).isLessThan(0.01);
    assertThat(output(answer, "finding").at("/data").toString()).isEqualTo("[\"bright\"]");
    assertThat(output(answer, "checkpoint").at("/data")).hasSize(3);
    assertThat(output(answer, "vector").at("/shape").toString()).isEqualTo("[3,2]");
  }

  @Test
  void shouldAnswerInBytesWhatCameInBytes() throws IOException {
    start();
    byte[] white = TestImages.white();
    ByteBuffer tensor = ByteBuffer.allocate(Integer.BYTES + white.length);
    tensor.order(ByteOrder.LITTLE_ENDIAN);
    tensor.putInt(white.length).put(white);
    byte[] header =
        """
        {"inputs": [{"name": "image", "shape": [1, 1], "datatype": "BYTES",
                     "parameters": {"binary_data_size": %d}}],
         "parameters": {"binary_data_output": true}}
        """
            .formatted(tensor.capacity())
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate(header.length + tensor.capacity());
    body.put(header).put(tensor.array());

    HttpResponse<byte[]> answer = running.sendForBytes(untyped(INFER, header.length, body.array()));

    JsonNode head = head(answer);
    ByteBuffer behind = behind(answer);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(head.at("/outputs").findValuesAsText("name"))
        .containsExactly(
            "probabilities", "finding", "checkpoint", "vector", "raw_probabilities", "familiarity");
    assertThat(head.at("/outputs").findValuesAsText("binary_data_size"))
        .containsExactly("4", "10", "18", "8", "4", "11");
    assertThat(behind.getFloat()).isGreaterThan(0.99f);
    assertThat(text(behind)).isEqualTo("bright");
    assertThat(text(behind)).isEqualTo("line-000000007");
    assertThat(behind.remaining()).isEqualTo(3 * Float.BYTES + 11);
    behind.position(behind.position() + 3 * Float.BYTES);
    assertThat(text(behind)).isEqualTo("unknown");
  }

  @Test
  void shouldScoreABarePicture() throws IOException {
    start();

    HttpResponse<byte[]> answer = running.sendForBytes(untyped(INFER, 0, TestImages.white()));

    assertThat(head(answer).at("/outputs/0/shape").toString()).isEqualTo("[1,1]");
    assertThat(behind(answer).getFloat()).isGreaterThan(0.99f);
  }

  @Test
  void shouldLetARequestNameALoadedCheckpointWhateverItsRole() {
    start();
    running.fleet.carryOut(
        FakeNetwork.model("line-000000008", new FakeNetwork()), new Verdict.Hold("test"));
    String body = body("[1]", TestImages.white());

    JsonNode named = json(running.postJson(MODEL + "/versions/line-000000008/infer", body));
    JsonNode unnamed = json(running.postJson(INFER, body));
    HttpResponse<String> unknown = running.postJson(MODEL + "/versions/line-9/infer", body);

    assertThat(json(running.get(MODEL)).at("/versions").toString())
        .isEqualTo("[\"line-000000007\",\"line-000000008\"]");
    assertThat(named.at("/model_version").asText()).isEqualTo("line-000000008");
    assertThat(unnamed.at("/model_version").asText()).isEqualTo("line-000000007");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json(unknown).at("/error").asText()).contains("no such version is loaded");
  }

  @Test
  void shouldFailARequestForItsFirstBadStudyAndNameIt() {
    start();

    HttpResponse<String> answer =
        running.postJson(
            INFER,
            body(
                "[3, 2]",
                TestImages.white(),
                new byte[0],
                TestImages.white(),
                TestImages.truncatedJpeg(),
                TestImages.hugeHeader(),
                new byte[0]));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(json(answer).at("/error").asText())
        .startsWith("study 2, view 2: image is truncated");
  }

  @Test
  void shouldTurnAwayStudiesThatDoNotFitTheQueue() throws Exception {
    FakeNetwork network = start(new BatchLimits(1, Duration.ZERO, 1), new FakeNetwork());
    CountDownLatch gate = network.shut();
    CompletableFuture<HttpResponse<String>> first =
        running.sendAsync(running.files("/v1/score", TestImages.white()));
    network.awaitEntered();

    HttpResponse<String> second =
        running.postJson(INFER, body("[2, 1]", TestImages.white(), TestImages.black()));
    gate.countDown();

    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(json(second).at("/error").asText()).contains("waiting already");
    assertThat(first.join().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/models/another",
        "/v2/models/another/ready",
        "/v2/models/radstream/versions/none",
        "/v2/models/radstream/versions/none/ready",
        "/v2/models/radstream/what",
        "/v2/nothing",
      })
  void shouldSayInTheProtocolsFormThatNothingIsThere(String path) {
    start();

    HttpResponse<String> answer = running.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).properties()).hasSize(1);
    assertThat(json(answer).at("/error").asText()).isNotBlank();
  }

  @Test
  void shouldRefuseInTheProtocolsForm() {
    start();

    HttpResponse<String> bad = running.postJson(INFER, "{\"inputs\": 3}");
    HttpResponse<String> large =
        running.postJson(INFER, " ".repeat((int) RunningApi.MAX_BODY_BYTES + 1));
    HttpResponse<String> method = running.get(INFER);
    HttpResponse<String> type =
        running.send(
            running
                .request(INFER)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build());

    assertThat(List.of(bad, large, method, type))
        .extracting(HttpResponse::statusCode)
        .containsExactly(400, 413, 405, 415);
    assertThat(List.of(bad, large, method, type))
        .allSatisfy(answer -> assertThat(json(answer).at("/error").asText()).isNotBlank());
    assertThat(json(type).at("/error").asText())
        .isEqualTo("Content-Type must be application/json or application/octet-stream");
  }

  private HttpRequest untyped(String path, int headerLength, byte[] body) {
    return running
        .request(path)
        .header(InferenceBody.HEADER_LENGTH, Integer.toString(headerLength))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private static int headerLength(HttpResponse<byte[]> answer) {
    return (int) answer.headers().firstValueAsLong(InferenceBody.HEADER_LENGTH).orElseThrow();
  }

  private static JsonNode head(HttpResponse<byte[]> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body(), 0, headerLength(answer));
  }

  private static ByteBuffer behind(HttpResponse<byte[]> answer) {
    int from = headerLength(answer);
    return ByteBuffer.wrap(answer.body(), from, answer.body().length - from)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer in) {
    byte[] text = new byte[in.getInt()];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static JsonNode output(JsonNode answer, String name) {
    for (JsonNode output : answer.at("/outputs")) {
      if (output.at("/name").asText().equals(name)) {
        return output;
      }
    }
    throw new AssertionError("no output " + name + " in " + answer);
  }

  private static String asking(String output, String body) {
    return "{\"outputs\": [{\"name\": \"%s\"}], ".formatted(output) + body.substring(1);
  }

  private static String body(String shape, byte[]... images) {
    String data =
        java.util.Arrays.stream(images)
            .map(image -> '"' + Base64.getEncoder().encodeToString(image) + '"')
            .collect(java.util.stream.Collectors.joining(", "));
    return """
        {"id": "42", "inputs": [{"name": "image", "datatype": "BYTES", "shape": %s,
         "parameters": {"content_type": "base64"}, "data": [%s]}]}
        """
        .formatted(shape, data)
        .strip();
  }
}
