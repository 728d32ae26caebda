package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.streams.StageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    tokenizer = StagedStudies.tokenizer(folder, connection, 300);
    encoderTokenizer = StagedStudies.tokenizer(folder, connection, 150);
    try (ReportTokenizers tokenizers =
        ReportTokenizers.load(tokenizer, Optional.of(encoderTokenizer))) {
      StagedStudies.stage(folder, connection, StageConfig.of(tokenizers));
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

    try (ScoringService service =
        LiveService.start(connection, ServingConfig.of(store).withLine(Optional.of("labels")))) {
      JsonNode answer = LiveService.score(service, LabelledPanel.picture(0));

      assertThat(answer.get("scoredBy").toString())
          .isEqualTo("{\"effusion\":\"labels\",\"cardiomegaly\":\"labels\"}");
      assertThat(answer.get("probabilities"))
          .allSatisfy(probability -> assertThat(probability.asDouble()).isBetween(0.0, 1.0));
    }
  }
}
