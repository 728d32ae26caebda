package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.serving.checkpoint.StoredCheckpoint;
import io.radstream.serving.score.TestImages;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people decide over HTTP, and what becomes of the answers. */
@Timeout(60)
class DecisionEndpointsTest {

  private static final String OLD = "demo-000000100";
  private static final String NEW = "demo-000000200";

  @TempDir private Path store;
  private RunningApi running;

  @BeforeEach
  void start() throws Exception {
    running = ApiSetup.in(store).start();
    announce(100);
    announce(200);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void announce(long step) {
    running.kept.announce(StoredCheckpoint.write(store, "demo", step).announce());
    while (!live().equals("demo-%09d".formatted(step))) {
      Moment.pass();
    }
  }

  private HttpResponse<String> post(String path, String body) {
    return running.postJson("/v1/models/" + path, body);
  }

  private String live() {
    return json(running.get("/v1/models")).at("/live").asText();
  }

  private String answeredBy(String query) {
    return json(running.postFiles("/v1/score" + query, TestImages.white()))
        .at("/checkpoint/id")
        .asText();
  }

  private static String code(HttpResponse<String> response) {
    return json(response).at("/code").asText();
  }

  @Test
  void shouldPromote() {
    HttpResponse<String> response = post(OLD + "/promote", "{\"reason\":\"it was better\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode answer = json(response);
    assertThat(answer.at("/outcome").asText()).isEqualTo("done");
    assertThat(answer.at("/live").asText()).isEqualTo(OLD);
    assertThat(answer.at("/decision/by").asText()).isEqualTo("anonymous");
    assertThat(answeredBy("")).isEqualTo(OLD);
    JsonNode verdict = json(running.get("/v1/models")).at("/models/1/verdict");
    assertThat(verdict.at("/reason").asText()).isEqualTo("it was better");
    assertThat(verdict.at("/by").asText()).isEqualTo("anonymous");
  }

  @Test
  void shouldRollBackInOneCall() {
    HttpResponse<String> response = post("rollback", "{}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(answeredBy("")).isEqualTo(OLD);
    JsonNode taken = json(running.get("/v1/models")).at("/models/0");
    assertThat(taken.at("/byHand").asText()).isEqualTo("refused");
    assertThat(taken.at("/state").asText()).isEqualTo("refused");
    assertThat(code(post("rollback", "{}"))).isEqualTo("no_previous");
  }

  @Test
  void shouldNotTakeBackAnotherOneThanWasMeant() {
    HttpResponse<String> response = post("rollback", "{\"checkpoint\":\"" + OLD + "\"}");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(code(response)).isEqualTo("not_live");
    assertThat(answeredBy("")).isEqualTo(NEW);
    assertThat(post("rollback", "{\"checkpoint\":\"" + NEW + "\"}").statusCode()).isEqualTo(200);
    assertThat(answeredBy("")).isEqualTo(OLD);
  }

  @Test
  void shouldTakeNoBodyForNothingToSay() {
    HttpResponse<String> response = post("rollback", "");

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void shouldPinUntilItIsUndone() {
    post(OLD + "/pin", "{}");
    JsonNode pinned = json(running.get("/v1/models"));
    running.kept.announce(StoredCheckpoint.write(store, "demo", 300).announce());

    HttpResponse<String> response = post("unpin", "{}");

    assertThat(pinned.at("/pinned").asBoolean()).isTrue();
    assertThat(pinned.at("/live").asText()).isEqualTo(OLD);
    assertThat(response.statusCode()).isEqualTo(200);
    while (!live().equals("demo-000000300")) {
      Moment.pass();
    }
    assertThat(code(post("unpin", "{}"))).isEqualTo("not_pinned");
  }

  @Test
  void shouldTryACanaryOnItsShare() {
    HttpResponse<String> response = post(OLD + "/canary", "{\"share\":1}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(answeredBy("")).isEqualTo(OLD);
    assertThat(live()).isEqualTo(NEW);
    assertThat(json(running.get("/v1/models")).at("/decided/canary").asText()).isEqualTo(OLD);
  }

  @ParameterizedTest
  @CsvSource({"shadow,shadow", "hold,candidate"})
  void shouldGiveACheckpointItsRole(String verdict, String role) {
    HttpResponse<String> response = post(OLD + "/" + verdict, "{}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(running.get("/v1/models")).at("/models/1/role").asText()).isEqualTo(role);
  }

  @Test
  void shouldRefuseByHand() {
    HttpResponse<String> response = post(OLD + "/refuse", "{\"reason\":\"wrong labels\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode refused = json(running.get("/v1/models")).at("/models/1");
    assertThat(refused.at("/state").asText()).isEqualTo("refused");
    assertThat(refused.at("/reason").asText()).isEqualTo("wrong labels");
  }

  @ParameterizedTest
  @CsvSource({
    "demo-000000900/promote,404,no_such_checkpoint",
    "demo-000000200/promote,409,already_live",
    "demo-000000200/shadow,409,is_live",
    "demo-000000200/refuse,409,is_live",
    "unpin,409,not_pinned"
  })
  void shouldSayWhatCannotBeDone(String path, int status, String code) {
    HttpResponse<String> response = post(path, "{}");

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(code(response)).isEqualTo(code);
    assertThat(live()).isEqualTo(NEW);
  }

  @Test
  void shouldSayWhyACheckpointCannotBeLoaded() throws Exception {
    post("demo-000000100/refuse", "{}");
    StoredCheckpoint.write(store, "demo", 100).put("model.safetensors", new byte[] {1});

    HttpResponse<String> response = post(OLD + "/promote", "{}");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(code(response)).isEqualTo("not_loadable");
    assertThat(json(response).at("/detail").asText()).contains("sha256 of model.safetensors");
    assertThat(live()).isEqualTo(NEW);
  }

  @Test
  void shouldChangeNothingThatCannotBeRecorded() {
    running.decisions.away(true);

    HttpResponse<String> response = post("rollback", "{}");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(code(response)).isEqualTo("not_recorded");
    assertThat(json(response).at("/detail").asText())
        .contains("not known whether it was recorded", "/v1/models/decisions")
        .doesNotContain("Exception");
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(live()).isEqualTo(NEW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"reason\":1,\"x\":2}",
        "{\"reason\":\" \"}",
        "{\"share\":\"much\"}",
        "{} {}",
        "{\"share\":0}",
        "{\"share\":1.01}",
        "{}",
        "null"
      })
  void shouldTurnAwayWhatIsNoCanary(String body) {
    HttpResponse<String> response = post(OLD + "/canary", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(code(response)).isIn("bad_json", "bad_reason", "bad_share");
  }

  @Test
  void shouldTurnAwayAReasonThatIsVeryLong() {
    String reason = "x".repeat(1001);

    HttpResponse<String> response = post("rollback", "{\"reason\":\"" + reason + "\"}");

    assertThat(code(response)).isEqualTo("bad_reason");
    assertThat(code(post("rollback", "{\"reason\":\"" + reason.repeat(17) + "\"}")))
        .isEqualTo("bad_json");
  }

  /** A page of another site can send forms and plain text here, but no JSON. */
  @Test
  void shouldTakeNothingButJson() {
    HttpResponse<String> response =
        running.send(
            running
                .request("/v1/models/rollback")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build());

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(live()).isEqualTo(NEW);
  }

  @Test
  void shouldListDecisionsTheNewestFirst() {
    post("rollback", "{\"reason\":\"it is worse\"}");

    JsonNode decisions = json(running.get("/v1/models/decisions?limit=2"));

    assertThat(decisions.at("/service").asText()).isEqualTo("test");
    assertThat(decisions.at("/decisions").findValuesAsText("verdict"))
        .isEqualTo(List.of("rollback", "promote"));
    assertThat(decisions.at("/decisions/0/checkpoint").asText()).isEqualTo(NEW);
    assertThat(decisions.at("/decisions/0/author").asText()).isEqualTo("person");
    assertThat(decisions.at("/decisions/0/effect").asBoolean()).isTrue();
    assertThat(decisions.at("/decisions/1/comparedWith").asText()).isEqualTo(OLD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "x", ""})
  void shouldTurnAwayALimitThatIsNone(String limit) {
    HttpResponse<String> response = running.get("/v1/models/decisions?limit=" + limit);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(code(response)).isEqualTo("bad_limit");
  }

  @ParameterizedTest
  @CsvSource({
    "live,demo-000000200",
    "previous,demo-000000100",
    "demo-000000100,demo-000000100",
    "demo-000000200,demo-000000200"
  })
  void shouldHaveTheModelAnswerThatTheRequestNames(String name, String checkpoint) {
    String answering = answeredBy("?model=" + name);

    assertThat(answering).isEqualTo(checkpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "demo-000000900", "", "LIVE"})
  void shouldSayWhichModelsThereAreWhereTheNamedOneIsNot(String name) {
    HttpResponse<String> response =
        running.postFiles("/v1/embed?model=" + name, TestImages.white());

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(code(response)).isEqualTo("no_such_model");
    assertThat(json(response).at("/detail").asText())
        .endsWith("loaded are: live (demo-000000200), previous (demo-000000100)");
  }
}
