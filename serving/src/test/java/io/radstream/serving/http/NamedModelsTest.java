package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.FakeTexts;
import io.radstream.serving.score.FindingPrompts;
import io.radstream.serving.score.FindingSet;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TestImages;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several sets of findings, one network. */
class NamedModelsTest {

  private static final FindingSets SETS = new FindingSets(FakeNetwork.PROMPTS, named());

  @TempDir private Path uploads;
  private RunningApi running;

  private static Map<String, FindingSet> named() {
    Map<String, FindingSet> named = new LinkedHashMap<>();
    named.put(
        "night",
        new FindingSet.Prompted(
            new PromptSet(
                List.of(
                    new FindingPrompts("dim", List.of("dark"), List.of("bright")),
                    new FindingPrompts("opacity", List.of("dark"), List.of("bright"))))));
    named.put("taught", new FindingSet.Taught());
    return named;
  }

  @BeforeEach
  void start() {
    start(BatchLimits.DEFAULT);
  }

  private void start(BatchLimits limits) {
    running = ApiSetup.in(uploads).batches(limits).findings(SETS).start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private FakeNetwork live(FakeNetwork network) {
    running.fleet.carryOut(
        ScoringModel.warm(
            new ModelIdentity("line-000000007", "line", 7, Instant.EPOCH),
            network,
            new FakeTexts(),
            SETS),
        new Verdict.Promote("test"));
    return network;
  }

  private static FakeNetwork both() {
    return new FakeNetwork(
        Set.of(Capability.PROMPTS, Capability.VECTORS, Capability.LABELS), List.of("opacity"));
  }

  @Test
  void shouldNameTheModels() {
    live(both());

    assertThat(json(running.get("/v2/models")).toString())
        .isEqualTo("{\"models\":[\"radstream\",\"night\",\"taught\"]}");
    assertThat(running.get("/v2/models/night/ready").statusCode()).isEqualTo(200);
    assertThat(json(running.postJson("/v2/repository/index", "")).findValuesAsText("name"))
        .containsExactly("radstream", "night", "taught");
  }

  @Test
  void shouldScoreTheFindingsThatAreAskedFor() {
    live(both());

    JsonNode all = json(running.postFiles("/v1/score", TestImages.white()));
    JsonNode night = json(running.postFiles("/v1/score?findings=night", TestImages.white()));
    JsonNode taught = json(running.postFiles("/v1/score?findings=taught", TestImages.white()));

    assertThat(all.at("/probabilities").fieldNames())
        .toIterable()
        .containsExactly("bright", "opacity");
    assertThat(night.at("/scoredBy").toString())
        .isEqualTo("{\"dim\":\"prompts\",\"opacity\":\"labels\"}");
    assertThat(night.at("/probabilities/dim").asDouble()).isLessThan(0.01);
    assertThat(taught.at("/probabilities").toString())
        .isEqualTo("{\"opacity\":" + all.at("/probabilities/opacity") + "}");
    assertThat(
            json(running.postFiles("/v1/score?findings=radstream", TestImages.white()))
                .at("/probabilities"))
        .isEqualTo(all.at("/probabilities"));
  }

  @Test
  void shouldAnswerAModelWithItsOwnFindings() {
    live(both());

    JsonNode answer = json(running.postJson("/v2/models/night/infer", body()));

    assertThat(answer.at("/model_name").asText()).isEqualTo("night");
    assertThat(answer.at("/outputs/0/shape").toString()).isEqualTo("[1,2]");
    assertThat(answer.at("/outputs/1/data").toString()).isEqualTo("[\"dim\",\"opacity\"]");
  }

  @Test
  void shouldShareAPassThroughTheNetwork() throws InterruptedException {
    running.close();
    start(new BatchLimits(3, Duration.ofMinutes(1), 64));
    FakeNetwork network = live(both());
    CountDownLatch busy = network.shut();
    CompletableFuture<HttpResponse<String>> before =
        running.sendAsync(running.files("/v1/score", TestImages.white()));
    network.awaitEntered();

    List<CompletableFuture<HttpResponse<String>>> answers =
        List.of(
            before,
            running.sendAsync(running.files("/v1/score", TestImages.white())),
            running.sendAsync(running.files("/v1/score?findings=night", TestImages.white())),
            running.sendAsync(running.files("/v1/score?findings=taught", TestImages.white())));

    while (running.meters.get("radstream.queue.depth").gauge().value() < answers.size()) {
      Moment.pass();
    }
    busy.countDown();

    answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    // The first is the trial study, the second the one that the device was busy with.
    assertThat(network.batches()).containsExactly(1, 1, 3);
  }

  @Test
  void shouldSayThatACheckpointCannotScoreASet() {
    live(new FakeNetwork());

    HttpResponse<String> v1 = running.postFiles("/v1/score?findings=taught", TestImages.white());
    HttpResponse<String> v2 = running.postJson("/v2/models/taught/infer", body());

    assertThat(List.of(v1.statusCode(), v2.statusCode())).containsOnly(409);
    assertThat(json(v1).at("/detail").asText()).contains("without labels");
    assertThat(json(v2).at("/error").asText()).contains("without labels");
    assertThat(running.get("/v2/models/taught/ready").statusCode()).isEqualTo(503);
    assertThat(json(running.get("/v2/models/taught")).at("/versions")).isEmpty();
    assertThat(
            json(running.postFiles("/v1/score?findings=night", TestImages.white()))
                .at("/probabilities")
                .fieldNames())
        .toIterable()
        .containsExactly("dim", "opacity");
  }

  @Test
  void shouldRefuseASetThatThereIsNot() {
    live(both());

    HttpResponse<String> v1 = running.postFiles("/v1/score?findings=secret", TestImages.white());
    HttpResponse<String> v2 = running.postJson("/v2/models/secret/infer", body());

    assertThat(v1.statusCode()).isEqualTo(400);
    assertThat(json(v1).at("/code").asText()).isEqualTo("unknown_findings");
    assertThat(v1.body()).doesNotContain("secret");
    assertThat(v2.statusCode()).isEqualTo(404);
  }

  @Test
  void shouldCountRequestsByModelAsKServeDoes() {
    live(both());
    running.postFiles("/v1/score", TestImages.white());
    running.postFiles("/v1/score?findings=night", TestImages.white());
    running.postJson("/v2/models/night/infer", body());
    running.postJson("/v2/models/secret/infer", body());

    String metrics = running.get("/metrics").body();

    assertThat(metrics)
        .contains("request_predict_seconds_count{model_name=\"radstream\"} 1")
        .contains("request_predict_seconds_count{model_name=\"night\"} 2")
        .contains("request_predict_seconds_bucket{model_name=\"night\",le=\"0.25\"}")
        .doesNotContain("secret");
  }

  private static String body() {
    return "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"%s\"]}]}"
        .formatted(Base64.getEncoder().encodeToString(TestImages.white()));
  }
}
