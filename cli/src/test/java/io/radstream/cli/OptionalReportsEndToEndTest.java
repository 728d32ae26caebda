package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file of studies of which half have labels and no report, from there to two runs. */
@ExtendWith(SharedCluster.class)
class OptionalReportsEndToEndTest {

  private static final int STUDIES = 16;

  @TempDir private Path folder;

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldLearnFromStudiesWithoutReportsWhatLabelsTell(KafkaConnection connection)
      throws Exception {
    Path file = Files.write(folder.resolve("studies.jsonl"), linesOfWhichHalfHaveNoText());
    Invocation.on(connection, "publish", "jsonl", "--path=" + file, "--view-size=64").json();
    Path tokenizer = tokenizer(connection);
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer, Optional.empty())) {
      StageConfig config =
          StageConfig.of(tokenizers)
              .withSettle(Duration.ZERO)
              .withDeadline(Duration.ofSeconds(1))
              .withValidationShare(0)
              .withReports(StageConfig.Reports.OPTIONAL);
      try (StreamStage stage = StreamStage.start(connection, config, folder.resolve("stage"))) {
        while (stage.status().tuples() < STUDIES || stage.lag() > 0) {
          Thread.sleep(100);
        }
      }
    }

    JsonNode labels =
        train(
            connection,
            tokenizer,
            "--line=labels",
            "--set=model.objectives.contrastive=0",
            "--set=model.objectives.language=0",
            "--set=model.objectives.labels=1",
            "--set=model.findings=[bright]");
    JsonNode reports = train(connection, tokenizer, "--line=reports");

    assertThat(labels.get("studies").asInt()).isEqualTo(STUDIES);
    assertThat(labels.get("tuples_left_out").asInt()).isZero();
    assertThat(reports.get("studies").asInt()).isEqualTo(STUDIES / 2);
    assertThat(reports.get("tuples_left_out_by_reason").get("no_report").asInt())
        .isEqualTo(STUDIES / 2);
  }

  private JsonNode train(KafkaConnection connection, Path tokenizer, String... options)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--tokenizer=" + tokenizer,
                "--store=" + folder.resolve("store"),
                "--steps=2",
                "--set=batch=8"));
    arguments.addAll(List.of(options));
    return Invocation.on(connection, arguments.toArray(String[]::new)).json();
  }

  private List<String> linesOfWhichHalfHaveNoText() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < STUDIES; i++) {
      byte[] gray = new byte[64 * 64];
      CounterRandom.of(i, "pixels").nextBytes(gray);
      Files.write(folder.resolve(i + ".png"), ImageEncoder.png(new GrayImage(64, 64, gray)));
      String text = i % 2 == 0 ? "\"text\": \"FINDINGS: The lungs are clear.\", " : "";
      lines.add(
          "{\"patient\": \"%d\", \"study\": \"s\", %s\"images\": [{\"file\": \"%d.png\"}], \"labels\": {\"bright\": %d}}"
              .formatted(i, text, i, i / 2 % 2));
    }
    return lines;
  }

  private Path tokenizer(KafkaConnection connection) throws Exception {
    Path file = folder.resolve("tokenizer.json");
    Invocation.on(connection, "tokenizer", "train", "--out=" + file, "--vocabulary=150").json();
    return file;
  }
}
