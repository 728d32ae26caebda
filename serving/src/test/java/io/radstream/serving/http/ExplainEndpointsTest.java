package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.model.Refers;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.FakeTexts;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TestImages;
import io.radstream.serving.score.TorchNetwork;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainEndpointsTest {

  private static final String EXPLAIN = "/v1/explain?";

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void start() throws IOException {
    running = ApiSetup.in(uploads).start();
    Refers refers =
        Refers.unlearned(ModelPreset.TINY.config(50), 3, ComputeDevice.cpu(), Precision.FLOAT32);
    running.fleet.carryOut(
        ScoringModel.warm(
            new ModelIdentity("line-000000007", "line", 7, Instant.EPOCH),
            new TorchNetwork(refers),
            new FakeTexts(),
            FakeNetwork.PROMPTS),
        new Verdict.Promote("test"));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldGiveMapsBoxesAndPicturesOfTheViewsThatWereSeen() throws IOException {
    // When
    JsonNode answer =
        json(
            running.postFiles(
                EXPLAIN + "finding=bright&threshold=0.9",
                TestImages.png(64, 90),
                TestImages.png(80, 250)));

    // Then
    assertThat(answer.at("/map").asText()).isEqualTo("gradient");
    assertThat(answer.at("/checkpoint/id").asText()).isEqualTo("line-000000007");
    assertThat(answer.at("/views")).hasSize(2);
    JsonNode view = answer.at("/views/0");
    assertThat(view.get("grid").asInt()).isEqualTo(8);
    assertThat(view.get("values")).hasSize(64);
    assertThat(view.at("/seen/width").asDouble()).isBetween(0.8, 0.95);
    BufferedImage overlay =
        ImageIO.read(
            new ByteArrayInputStream(Base64.getDecoder().decode(view.get("overlay").asText())));
    assertThat(overlay.getWidth()).isEqualTo(256);
  }

  @Test
  void shouldExplainTheScoreThatScoringGives() {
    // Given
    double probability =
        json(running.postFiles("/v1/score", TestImages.png(64, 90)))
            .at("/rawProbabilities/bright")
            .asDouble();

    // When
    JsonNode answer =
        json(running.postFiles(EXPLAIN + "finding=bright&overlay=false", TestImages.png(64, 90)));

    // Then
    assertThat(1 / (1 + Math.exp(-answer.get("score").asDouble())))
        .isCloseTo(probability, org.assertj.core.data.Offset.offset(1e-4));
    assertThat(answer.at("/views/0").has("overlay")).isFalse();
  }

  @Test
  void shouldExplainWordsOfTheCallersOwn() {
    JsonNode answer =
        json(
            running.postFiles(
                EXPLAIN + "prompt=bright%20lungs&map=activation&overlay=false",
                TestImages.png(64, 90)));

    assertThat(answer.at("/map").asText()).isEqualTo("activation");
    assertThat(answer.at("/views/0/values")).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "finding=bright&prompt=bright",
        "finding=secret",
        "prompt=%20",
        "finding=bright&map=secret",
        "finding=bright&threshold=2",
        "finding=bright&threshold=secret",
        "finding=bright&overlay=secret",
        "finding=bright&finding=bright"
      })
  void shouldRefuseAQuestionThatCannotBeAnswered(String query) {
    HttpResponse<String> response = running.postFiles(EXPLAIN + query, TestImages.white());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("code").asText()).isEqualTo("bad_question");
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void shouldNameAPictureThatIsNone() {
    HttpResponse<String> response =
        running.postFiles(EXPLAIN + "finding=bright", new byte[] {1, 2, 3});

    assertThat(response.statusCode()).isEqualTo(422);
  }
}
