package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live one finds the brighter studies bright, the one on trial the darker ones. */
@Timeout(60) // a hang must fail, not stall the build
class ComparisonEndpointsTest {

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running = ApiSetup.in(uploads).start();
    load("live", new FakeNetwork(), new Verdict.Promote("test"));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void load(String id, FakeNetwork network, Verdict verdict) {
    running.fleet.carryOut(FakeNetwork.model(id, network), verdict);
  }

  private static FakeNetwork wrong() {
    return new FakeNetwork(Set.of(Capability.values()), List.of("bright"));
  }

  private void score(String study) {
    String image = Base64.getEncoder().encodeToString(TestImages.white());
    String body = "{\"studyId\":\"%s\",\"views\":[{\"image\":\"%s\"}]}".formatted(study, image);
    assertThat(running.postJson("/v1/score", body).statusCode()).isEqualTo(200);
  }

  /** Asks until a study has been compared; it is scored beside, behind the answer. */
  private JsonNode compared(String prefix) {
    JsonNode answer = json(running.get("/v1/models/comparison"));
    for (int i = 0; answer.at("/comparisons/0/studies").asLong() == 0; i++) {
      score(prefix + i);
      answer = json(running.get("/v1/models/comparison"));
    }
    return answer.get("comparisons").get(0);
  }

  @Test
  void shouldSayNothingWhereNothingIsOnTrial() {
    score("study");

    assertThat(json(running.get("/v1/models/comparison")).get("comparisons")).isEmpty();
  }

  @Test
  void shouldCompareAShadow() {
    load("next", wrong(), new Verdict.Shadow("test"));

    JsonNode pair = compared("study-");

    assertThat(pair.at("/live/id").asText()).isEqualTo("live");
    assertThat(pair.at("/trial/id").asText()).isEqualTo("next");
    assertThat(pair.at("/role").asText()).isEqualTo("shadow");
    assertThat(pair.at("/findings/bright/sameDecision").asDouble()).isZero();
    assertThat(pair.at("/findings/bright/moved").asDouble()).isEqualTo(1);
    assertThat(pair.at("/worklist/0/studyId").asText()).startsWith("study-");
    assertThat(pair.at("/worklist/0/live").asDouble()).isGreaterThan(0.9);
    assertThat(pair.at("/worklist/0/trial").asDouble()).isLessThan(0.1);
  }

  @Test
  void shouldSayHowManyStudiesAShadowFailedOn() {
    FakeNetwork failing = wrong();
    load("next", failing, new Verdict.Shadow("test"));
    failing.giveNoNumbers();

    JsonNode answer = json(running.get("/v1/models/comparison"));
    for (int i = 0; answer.at("/comparisons/0/failed").asLong() == 0; i++) {
      score("study-" + i);
      answer = json(running.get("/v1/models/comparison"));
    }

    JsonNode pair = answer.at("/comparisons/0");
    assertThat(pair.at("/live/id").asText()).isEqualTo("live");
    assertThat(pair.at("/trial/id").asText()).isEqualTo("next");
    assertThat(pair.at("/studies").asLong()).isZero();
    assertThat(pair.at("/worklist")).isEmpty();
  }

  @Test
  void shouldSayHowManyStudiesAShadowCouldNotKeepUpWith() {
    FakeNetwork slow = wrong();
    load("next", slow, new Verdict.Shadow("test"));
    CountDownLatch shut = slow.shut();

    JsonNode answer = json(running.get("/v1/models/comparison"));
    for (int i = 0; answer.at("/comparisons/0/dropped").asLong() == 0; i++) {
      score("study-" + i);
      answer = json(running.get("/v1/models/comparison"));
    }
    shut.countDown();

    assertThat(answer.at("/comparisons/0/studies").asLong()).isZero();
    assertThat(answer.at("/comparisons/0/failed").asLong()).isZero();
  }

  @Test
  void shouldCompareACanaryByScoringSomeOfItsStudiesWithTheLiveOne() {
    load("next", wrong(), new Verdict.Canary(1, "test"));

    JsonNode pair = compared("study-");

    assertThat(pair.at("/role").asText()).isEqualTo("canary");
    assertThat(pair.at("/worklist/0/live").asDouble()).isGreaterThan(0.9);
    assertThat(pair.at("/worklist/0/trial").asDouble()).isLessThan(0.1);
    assertThat(running.get("/metrics").body())
        .contains("radstream_canary_studies_total{outcome=\"scored\"}")
        .doesNotContain("study-");
  }

  @Test
  void shouldForgetAPairThatIsGone() {
    load("next", wrong(), new Verdict.Shadow("test"));
    JsonNode unused = compared("study-");

    load("newer", new FakeNetwork(), new Verdict.Promote("test"));

    assertThat(json(running.get("/v1/models/comparison")).get("comparisons")).isEmpty();
  }
}
