package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.ListenConfig;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Phantoms' labels meet their studies behind the stage, and what learned from them is served. */
@ExtendWith(SharedCluster.class)
class LabelsEndToEndTest {

  @TempDir private static Path folder;
  private static Path tokenizer;
  private static Path encoderTokenizer;

  @BeforeAll
  static void publish(KafkaConnection connection) throws Exception {
    Invocation.on(connection, "publish", "synthetic", "--studies=40", "--view-size=64").json();
    tokenizer = tokenizer(connection, 300);
    encoderTokenizer = tokenizer(connection, 150);
    try (ReportTokenizers tokenizers =
        ReportTokenizers.load(tokenizer, Optional.of(encoderTokenizer))) {
      stream(connection, tokenizers);
    }
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldLearnTheFindingsOfPublishedPhantomsInTwoVocabularies(KafkaConnection connection)
      throws Exception {
    JsonNode trained =
        Invocation.on(
                connection,
                "train",
                "--tokenizer=" + tokenizer,
                "--encoder-tokenizer=" + encoderTokenizer,
                "--store=" + folder.resolve("store"),
                "--steps=3",
                "--set=batch=8",
                "--set=model.objectives.labels=1",
                "--set=model.findings=[effusion, cardiomegaly, normal]")
            .json();

    assertThat(trained.get("studies").asInt() + trained.get("validation_studies").asInt())
        .isEqualTo(40);
    for (String loss : List.of("loss_labels", "loss_contrastive", "loss_language")) {
      assertThat(trained.get(loss + "_last").asDouble()).isPositive();
    }
    assertThat(folder.resolve("store/tiny/000000003/encoder-tokenizer.json"))
        .hasSameBinaryContentAs(encoderTokenizer);
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldServeTheLabelHeadOfANetworkThatLearnedFromLabelsAlone(KafkaConnection connection)
      throws Exception {
    Path store = folder.resolve("labels");
    Invocation.on(
            connection,
            "train",
            "--tokenizer=" + tokenizer,
            "--encoder-tokenizer=" + encoderTokenizer,
            "--store=" + store,
            "--line=labels",
            "--steps=2",
            "--set=batch=8",
            "--set=model.objectives.contrastive=0",
            "--set=model.objectives.language=0",
            "--set=model.objectives.labels=1",
            "--set=model.findings=[effusion, cardiomegaly]")
        .json();

    ServingConfig config =
        ServingConfig.of(store)
            .withLine(Optional.of("labels"))
            .withListen(ListenConfig.DEFAULT.withPort(0));
    try (ScoringService service =
        ScoringService.start(connection, config, ComputeDevice.best(), InstantSource.system())) {
      assertThat(service.awaitReady(Duration.ofMinutes(4))).isTrue();

      JsonNode answer = score(service);

      assertThat(answer.get("scoredBy").toString())
          .isEqualTo("{\"effusion\":\"labels\",\"cardiomegaly\":\"labels\"}");
      assertThat(answer.get("probabilities"))
          .allSatisfy(probability -> assertThat(probability.asDouble()).isBetween(0.0, 1.0));
    }
  }

  private static JsonNode score(ScoringService service) throws Exception {
    BufferedImage radiograph = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    radiograph.getRaster().setSample(32, 32, 0, 200);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(radiograph, "png", png);
    String image = Base64.getEncoder().encodeToString(png.toByteArray());
    HttpRequest request =
        HttpRequest.newBuilder(service.uri().resolve("/v1/score"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"views\":[{\"image\":\"%s\"}]}".formatted(image)))
            .build();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private static Path tokenizer(KafkaConnection connection, int vocabulary) throws Exception {
    Path file = folder.resolve("tokenizer-" + vocabulary + ".json");
    Invocation.on(connection, "tokenizer", "train", "--out=" + file, "--vocabulary=" + vocabulary)
        .json();
    return file;
  }

  private static void stream(KafkaConnection connection, ReportTokenizers tokenizers)
      throws Exception {
    StageConfig config = StageConfig.of(tokenizers).withSettle(Duration.ZERO);
    try (StreamStage stage = StreamStage.start(connection, config, folder.resolve("stage"))) {
      StageWait.untilAllIsDone(stage);
    }
  }
}
