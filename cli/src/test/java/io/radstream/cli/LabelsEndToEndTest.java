package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Phantoms' labels meet their studies behind the stage. */
@ExtendWith(SharedCluster.class)
class LabelsEndToEndTest {

  @TempDir private Path folder;

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldLearnTheFindingsOfPublishedPhantomsInTwoVocabularies(KafkaConnection connection)
      throws Exception {
    Invocation.on(connection, "publish", "synthetic", "--studies=40", "--view-size=64").json();
    Path tokenizer = tokenizer(connection, 300);
    Path encoderTokenizer = tokenizer(connection, 150);
    try (ReportTokenizers tokenizers =
        ReportTokenizers.load(tokenizer, Optional.of(encoderTokenizer))) {
      stream(connection, tokenizers);
    }

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

  private Path tokenizer(KafkaConnection connection, int vocabulary) throws Exception {
    Path file = folder.resolve("tokenizer-" + vocabulary + ".json");
    Invocation.on(connection, "tokenizer", "train", "--out=" + file, "--vocabulary=" + vocabulary)
        .json();
    return file;
  }

  private void stream(KafkaConnection connection, ReportTokenizers tokenizers) throws Exception {
    StageConfig config = StageConfig.of(tokenizers).withSettle(Duration.ZERO);
    try (StreamStage stage = StreamStage.start(connection, config, folder.resolve("stage"))) {
      StageWait.untilAllIsDone(stage);
    }
  }
}
