package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.radiology.Sha256;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.receipt.ReceiptKey;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.FakeTexts;
import io.radstream.serving.score.FindingSet;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TestImages;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptEndpointsTest {

  private static final String RECEIPT = "/v1/score?receipt=true";

  @TempDir private Path uploads;
  private RunningApi running;

  @AfterEach
  void stop() {
    running.close();
  }

  private void start(RunningApi api) {
    running = api;
    running.fleet.carryOut(
        FakeNetwork.model("line-000000007", new FakeNetwork()), new Verdict.Promote("test"));
  }

  private void startUnsigned() {
    start(ApiSetup.in(uploads).start());
  }

  @Test
  void shouldTellWhatAnAnswerWasMadeOf() {
    startUnsigned();
    byte[] white = TestImages.white();
    byte[] black = TestImages.black();

    JsonNode answer = json(running.postFiles(RECEIPT, white, black, white));

    JsonNode payload = answer.at("/receipt/payload");
    assertThat(payload.at("/format").asInt()).isEqualTo(2);
    assertThat(payload.at("/time").asText()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(payload.at("/checkpoint/id").asText()).isEqualTo("line-000000007");
    assertThat(texts(payload.at("/input/views")))
        .containsExactly(Sha256.of(white), Sha256.of(black), Sha256.of(white));
    assertThat(payload.at("/input/used")).isEqualTo(answer.at("/views/used"));
    assertThat(payload.at("/settings/findings").asText()).isEqualTo("radstream");
    assertThat(payload.at("/settings/prompts").asText()).matches("[0-9a-f]{64}");
    assertThat(payload.at("/settings/device").asText()).isEqualTo("cpu");
    assertThat(payload.at("/settings/threads").asInt()).isEqualTo(2);
    assertThat(payload.at("/settings/calibration").isNull()).isTrue();
    assertThat(payload.at("/scores/bright/probability"))
        .isEqualTo(answer.at("/probabilities/bright"));
    assertThat(payload.at("/scores/bright/raw")).isEqualTo(answer.at("/probabilities/bright"));
    assertThat(payload.at("/scores/bright/by").asText()).isEqualTo("prompts");
    assertThat(answer.at("/receipt/signature").isNull()).isTrue();
  }

  @Test
  void shouldKeepTheCallersNameForAStudyOutOfIt() {
    startUnsigned();
    String image = Base64.getEncoder().encodeToString(TestImages.white());

    JsonNode answer =
        json(
            running.postJson(
                RECEIPT, "{\"studyId\":\"S-17\",\"views\":[{\"image\":\"%s\"}]}".formatted(image)));

    assertThat(answer.at("/studyId").asText()).isEqualTo("S-17");
    assertThat(answer.at("/receipt/payload/input/views")).hasSize(1);
    assertThat(answer.at("/receipt").toString()).doesNotContain("S-17");
  }

  @Test
  void shouldGiveNoneUnlessAsked() {
    startUnsigned();

    List<HttpResponse<String>> responses =
        List.of(
            running.postFiles("/v1/score", TestImages.white()),
            running.postFiles("/v1/score?receipt=false", TestImages.white()),
            running.postFiles("/v1/embed?receipt=true", TestImages.white()));

    assertThat(responses)
        .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(200))
        .allSatisfy(response -> assertThat(json(response).has("receipt")).isFalse());
  }

  @Test
  void shouldRefuseAnythingButTrueAndFalse() {
    startUnsigned();

    List<HttpResponse<String>> responses =
        List.of(
            running.postFiles("/v1/score?receipt=yes", TestImages.white()),
            running.postFiles("/v1/score?receipt", TestImages.white()),
            running.postFiles("/v1/score?receipt=true&receipt=true", TestImages.white()));

    assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(400);
    assertThat(RunningApi.codes(responses)).containsOnly("bad_receipt");
  }

  @Test
  void shouldNameItsKeyAndSignWithIt() {
    ReceiptKey key = ReceiptKey.generate();
    start(ApiSetup.in(uploads).receiptKey(key).start());

    JsonNode told = json(running.get("/v1/receipt-key"));
    JsonNode receipt = json(running.postFiles(RECEIPT, TestImages.white())).at("/receipt");

    assertThat(told.at("/keyId").asText()).isEqualTo(key.publicKey().id());
    assertThat(told.at("/pem").asText()).isEqualTo(key.publicKey().pem());
    assertThat(told.at("/jwk/crv").asText()).isEqualTo("Ed25519");
    assertThat(receipt.at("/signature/keyId").asText()).isEqualTo(key.publicKey().id());
  }

  @Test
  void shouldSayThatThereIsNoKey() {
    startUnsigned();

    HttpResponse<String> response = running.get("/v1/receipt-key");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).at("/code").asText()).isEqualTo("no_receipt_key");
  }

  @Test
  void shouldNameTheSetOfFindings() {
    FindingSets sets =
        new FindingSets(FakeNetwork.PROMPTS, Map.of("taught", new FindingSet.Taught()));
    running = ApiSetup.in(uploads).findings(sets).receiptKey(ReceiptKey.generate()).start();
    ModelIdentity identity = new ModelIdentity("line-000000007", "line", 7, Instant.EPOCH);
    FakeNetwork network =
        new FakeNetwork(Set.of(Capability.PROMPTS, Capability.LABELS), List.of("nodule"));
    running.fleet.carryOut(
        ScoringModel.warm(identity, network, new FakeTexts(), sets), new Verdict.Promote("test"));

    JsonNode payload =
        json(running.postFiles(RECEIPT + "&findings=taught", TestImages.white()))
            .at("/receipt/payload");

    assertThat(payload.at("/settings/findings").asText()).isEqualTo("taught");
    assertThat(payload.at("/settings/prompts").isNull()).isTrue();
    assertThat(payload.at("/scores/nodule/by").asText()).isEqualTo("labels");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
