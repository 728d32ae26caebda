package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several models behind the endpoints, and models that can do more or less than score prompts. */
class FleetEndpointsTest {

  private static final String SCORE = "/v1/score";
  private static final int A_TENTH = 2;

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running = ApiSetup.in(uploads).start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void load(String id, FakeNetwork network, Verdict verdict) {
    running.fleet.carryOut(FakeNetwork.model(id, network), verdict);
  }

  private void live(FakeNetwork network) {
    load("live", network, new Verdict.Promote("test"));
  }

  @Test
  void shouldScoreFromPromptsAndSayThatItDoes() {
    live(new FakeNetwork());

    JsonNode answer = json(running.postFiles(SCORE, TestImages.white()));

    assertThat(answer.get("scoredBy").toString()).isEqualTo("{\"bright\":\"prompts\"}");
  }

  @Test
  void shouldScoreWithTheLabelHeadOfANetworkThatReadsNoPrompts() {
    FakeNetwork network = new FakeNetwork(Set.of(Capability.LABELS), List.of("dim", "dull"));
    live(network);

    JsonNode answer = json(running.postFiles(SCORE, TestImages.black()));

    assertThat(answer.get("scoredBy").toString())
        .isEqualTo("{\"dim\":\"labels\",\"dull\":\"labels\"}");
    assertThat(answer.at("/probabilities/dim").asDouble()).isGreaterThan(0.9);
    assertThat(answer.get("probabilities")).hasSize(2);
    assertThat(network.read()).isEmpty();
  }

  @Test
  void shouldPreferTheLabelHeadForWhatItWasTaught() {
    live(new FakeNetwork(Set.of(Capability.values()), List.of("dim", "bright")));

    JsonNode answer = json(running.postFiles(SCORE, TestImages.black()));

    assertThat(answer.get("scoredBy").toString())
        .isEqualTo("{\"bright\":\"labels\",\"dim\":\"labels\"}");
    assertThat(answer.at("/probabilities/bright").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void shouldScoreTheOthersFromPrompts() {
    live(new FakeNetwork(Set.of(Capability.values()), List.of("dim")));

    JsonNode answer = json(running.postFiles(SCORE, TestImages.black()));

    assertThat(answer.get("scoredBy").toString())
        .isEqualTo("{\"bright\":\"prompts\",\"dim\":\"labels\"}");
    assertThat(answer.at("/probabilities/bright").asDouble()).isLessThan(0.01);
    assertThat(answer.at("/probabilities/dim").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void shouldSayThatANetworkHasNoVectorsToGive() {
    FakeNetwork network = new FakeNetwork(Set.of(Capability.LABELS), List.of("dim"));
    live(network);
    int before = network.batches().size();

    HttpResponse<String> response = running.postFiles("/v1/embed", TestImages.white());

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(json(response).at("/code").asText()).isEqualTo("not_capable");
    assertThat(json(response).at("/detail").asText()).contains("checkpoint live cannot do this");
    assertThat(network.batches()).hasSize(before);
  }

  @Test
  void shouldGiveACanaryItsStudiesEveryTime() {
    live(new FakeNetwork());
    load("canary", new FakeNetwork(), new Verdict.Canary(0.5, "test"));

    List<String> once = answering("study-");
    List<String> again = answering("study-");

    assertThat(once).containsOnly("live", "canary");
    assertThat(again).isEqualTo(once);
    assertThat(answering("other-")).isNotEqualTo(once);
  }

  @Test
  void shouldGiveTheSameImagesWithoutAStudyIdToTheSameModel() {
    live(new FakeNetwork());
    load("canary", new FakeNetwork(), new Verdict.Canary(0.5, "test"));
    List<byte[]> images = IntStream.range(0, 24).mapToObj(i -> TestImages.png(64, i * 10)).toList();

    List<String> once = images.stream().map(image -> id(running.postFiles(SCORE, image))).toList();
    List<String> again = images.stream().map(image -> id(running.postFiles(SCORE, image))).toList();

    assertThat(once).containsOnly("live", "canary");
    assertThat(again).isEqualTo(once);
  }

  private List<String> answering(String prefix) {
    String image = Base64.getEncoder().encodeToString(TestImages.white());
    return IntStream.range(0, 24)
        .mapToObj(
            i ->
                id(
                    running.postJson(
                        SCORE,
                        "{\"studyId\":\"%s%d\",\"views\":[{\"image\":\"%s\"}]}"
                            .formatted(prefix, i, image))))
        .toList();
  }

  private static String id(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response).at("/checkpoint/id").asText();
  }

  @Test
  @Timeout(60)
  void shouldHaveAShadowScoreBeside() {
    live(new FakeNetwork());
    FakeNetwork shadow =
        new FakeNetwork(Set.of(Capability.values()), List.of("bright")); // says the contrary
    load("shadow", shadow, new Verdict.Shadow("test"));

    JsonNode answer = json(running.postFiles(SCORE, TestImages.white()));

    while (shadowed("scored") < 1) {
      Moment.pass();
    }
    assertThat(answer.at("/checkpoint/id").asText()).isEqualTo("live");
    assertThat(answer.at("/probabilities/bright").asDouble()).isGreaterThan(0.9);
    assertThat(running.meters.get("radstream.shadow.difference").summary().max())
        .isGreaterThan(0.8);
  }

  @Test
  @Timeout(60)
  void shouldAnswerWhileAShadowIsStuckAndDropWhatItCannotKeepUpWith() throws Exception {
    live(new FakeNetwork());
    FakeNetwork shadow = new FakeNetwork();
    load("shadow", shadow, new Verdict.Shadow("test"));
    CountDownLatch gate = shadow.shut();
    int first = running.postFiles(SCORE, TestImages.white()).statusCode();
    shadow.awaitEntered();

    List<Integer> statuses =
        IntStream.range(0, 10)
            .mapToObj(i -> running.postFiles(SCORE, TestImages.white()).statusCode())
            .toList();

    assertThat(first).isEqualTo(200);
    assertThat(statuses).containsOnly(200);
    assertThat(shadowed("dropped")).isEqualTo(6);
    load("next", new FakeNetwork(), new Verdict.Promote("test"));
    assertThat(shadow.closed()).isZero();
    gate.countDown();
    while (shadow.closed() == 0) {
      Moment.pass();
    }
    assertThat(shadowed("scored")).isEqualTo(5);
  }

  @Test
  @Timeout(60)
  void shouldAnswerWhereAShadowFails() {
    live(new FakeNetwork());
    FakeNetwork shadow = new FakeNetwork();
    load("shadow", shadow, new Verdict.Shadow("test"));
    shadow.failWith(new IllegalStateException("no memory"));

    int status = running.postFiles(SCORE, TestImages.white()).statusCode();

    while (shadowed("failed") < 1) {
      Moment.pass();
    }
    assertThat(status).isEqualTo(200);
  }

  @Test
  @Timeout(60)
  void shouldTellTheLogOnceOfEachShadowThatFails() {
    live(new FakeNetwork());
    try (ToldWarnings told = ToldWarnings.of("io.radstream.serving.score.ShadowScorer")) {
      for (String id : List.of("one", "other")) {
        FakeNetwork shadow = new FakeNetwork();
        load(id, shadow, new Verdict.Shadow("test"));
        shadow.failWith(new IllegalStateException("no memory"));
        for (int i = 0; i < 3; i++) {
          int before = shadowed("failed");
          running.postFiles(SCORE, TestImages.white());
          while (shadowed("failed") == before) {
            Moment.pass();
          }
        }
      }

      assertThat(told.lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("checkpoint=\"one\"", "failed on a study"),
              line -> assertThat(line).contains("checkpoint=\"other\""));
    }
  }

  @Test
  @Timeout(60)
  void shouldCountStudiesOfACanaryThatTheLiveModelScoredBeside() {
    live(new FakeNetwork());
    load(
        "canary",
        new FakeNetwork(Set.of(Capability.values()), List.of("bright")), // says the contrary
        new Verdict.Canary(1, "test"));

    Set<String> answering = twentyAnswers();

    while (beside("canary", "scored") < A_TENTH) {
      Moment.pass();
    }
    assertThat(answering).containsOnly("canary");
    assertThat(running.meters.get("radstream.canary.difference").summary().max())
        .isGreaterThan(0.8);
    assertThat(shadowed("scored")).isZero();
  }

  @Test
  @Timeout(60)
  void shouldCountStudiesOfACanaryOnWhichTheLiveModelFailed() {
    FakeNetwork failing = new FakeNetwork();
    live(failing);
    load("canary", new FakeNetwork(), new Verdict.Canary(1, "test"));
    failing.failWith(new IllegalStateException("no memory"));

    Set<String> answering = twentyAnswers();

    while (beside("canary", "failed") < A_TENTH) {
      Moment.pass();
    }
    assertThat(answering).containsOnly("canary");
    assertThat(beside("canary", "scored")).isZero();
  }

  /** Of which the live model scores a tenth beside a canary. */
  private Set<String> twentyAnswers() {
    return IntStream.range(0, 10 * A_TENTH)
        .mapToObj(i -> id(running.postFiles(SCORE, TestImages.white())))
        .collect(Collectors.toSet());
  }

  @Test
  @Timeout(60)
  void shouldTakeAShadowThatGivesNoNumberForOneThatFails() {
    live(new FakeNetwork());
    FakeNetwork shadow = new FakeNetwork();
    load("shadow", shadow, new Verdict.Shadow("test"));
    shadow.giveNoNumbers();

    int status = running.postFiles(SCORE, TestImages.white()).statusCode();

    while (shadowed("failed") + shadowed("scored") < 1) {
      Moment.pass();
    }
    assertThat(status).isEqualTo(200);
    assertThat(shadowed("scored")).isZero();
  }

  @Test
  void shouldNotAnswerWithWhatIsNoNumber() {
    FakeNetwork network = new FakeNetwork();
    live(network);
    network.giveNoNumbers();

    HttpResponse<String> response = running.postFiles(SCORE, TestImages.white());

    assertThat(response.statusCode()).isEqualTo(500);
  }

  @Test
  void shouldHaveTheLiveModelAnswerWhatACanaryCannot() {
    live(new FakeNetwork());
    load(
        "canary",
        new FakeNetwork(Set.of(Capability.LABELS), List.of("dim")),
        new Verdict.Canary(1, "test"));

    HttpResponse<String> response = running.postFiles("/v1/embed", TestImages.white());

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void shouldNotTakeABlankStudyIdForAName() {
    live(new FakeNetwork());
    load("canary", new FakeNetwork(), new Verdict.Canary(0.5, "test"));

    List<String> answering =
        IntStream.range(0, 24)
            .mapToObj(i -> Base64.getEncoder().encodeToString(TestImages.png(64, i * 10)))
            .map(image -> "{\"studyId\":\" \",\"views\":[{\"image\":\"%s\"}]}".formatted(image))
            .map(body -> id(running.postJson(SCORE, body)))
            .toList();

    assertThat(answering).contains("live", "canary");
  }

  private int shadowed(String outcome) {
    return beside("shadow", outcome);
  }

  private int beside(String role, String outcome) {
    String name = "radstream.%s.studies".formatted(role);
    return (int) running.meters.get(name).tag("outcome", outcome).counter().count();
  }
}
