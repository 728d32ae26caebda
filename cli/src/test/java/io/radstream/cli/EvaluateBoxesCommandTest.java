package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointLine;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a network that has learned nothing: what is tested is the way of the figures. */
class EvaluateBoxesCommandTest {

  @TempDir private static Path directory;
  private static Path checkpoint;

  @BeforeAll
  static void makeCheckpoint() throws IOException {
    TorchEngine.start(1);
    byte[] json =
        WordPieceTrainer.train(
            List.of("small left pleural effusion.").iterator(),
            new WordPieceTrainer.Options(200, 1));
    try (ReportTokenizer tokenizer = ReportTokenizer.of(json)) {
      RunConfig config = RunPreset.TINY.config("line", tokenizer.vocabulary().size());
      Learning learning =
          new Learning(config.model(), config.optimizer(), config.compute(), ComputeDevice.best());
      try (RefersTraining training = RefersTraining.start(learning, 1);
          CheckpointLine line = new CheckpointStore(directory.resolve("store")).open("line")) {
        checkpoint =
            line.write(
                    state(tokenizer),
                    config.toJson(),
                    CheckpointConfig.card(config, List.of()),
                    Map.of(Checkpoint.TOKENIZER, tokenizer.json()),
                    training::save)
                .directory();
      }
    }
  }

  @Test
  void shouldMeasureAllMapsOnPhantomsBesideTheMiddle() throws IOException {
    // When
    Invocation invocation = boxes("phantoms", "--studies=8", "--json");

    // Then
    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    List<String> lines = invocation.out().lines().toList();
    JsonNode report = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(report.get("left_out").asInt()).isZero();
    assertThat(report.get("rows"))
        .filteredOn(row -> row.get("finding").asText().equals("all"))
        .extracting(row -> row.get("map").asText())
        .containsExactlyInAnyOrder("gradient", "activation", "attention", "middle");
  }

  @Test
  void shouldMeasureBoxesOfATableAndCountThoseOfOtherFindings() throws IOException {
    // Given a picture with a box of a finding that is scored, and one that is not
    Path images = Files.createDirectories(directory.resolve("images"));
    Files.write(
        images.resolve("a.png"),
        ImageEncoder.png(new PhantomGenerator().study(1, 0).views().get(0).image()));
    Path table =
        Files.writeString(
            directory.resolve("boxes.csv"),
            """
            Image Index,Finding Label,Bbox [x,y,w,h],,,
            a.png,Effusion,10,80,40,30,,,
            a.png,Hernia,10,80,40,30,,,
            """);

    // When
    Invocation invocation = boxes("nih", "--boxes=" + table, "--images=" + images);

    // Then
    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    assertThat(invocation.out())
        .contains("effusion", "1 boxes are of findings that the checkpoint does not score");
  }

  @Test
  void shouldSayThatAPictureOfTheTableIsNotThere() throws IOException {
    Path table =
        Files.writeString(
            directory.resolve("missing.csv"),
            """
            image_id,class_name,x_min,y_min,x_max,y_max
            nowhere,Nodule,1,1,9,9
            """);

    Invocation invocation = boxes("vinbigdata", "--boxes=" + table, "--images=" + directory);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("is not in " + directory).doesNotContain("nowhere");
  }

  @Test
  void shouldAskForATableWhereThereMustBeOne() {
    assertThat(boxes("nih").exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(boxes("phantoms", "--threshold=1").exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(boxes("phantoms", "--studies=0").exitCode()).isEqualTo(Radstream.WRONG_USAGE);
  }

  private static Invocation boxes(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("evaluate", "boxes", "--checkpoint", checkpoint.toString()));
    all.addAll(List.of(arguments));
    return Invocation.of(all.toArray(String[]::new));
  }

  private static CheckpointState state(ReportTokenizer tokenizer) {
    return new CheckpointState(
        "line",
        "run",
        7,
        0,
        1,
        tokenizer.fingerprint(),
        null,
        "2026-01-01T00:00:00Z",
        Map.of(),
        Map.of(),
        Map.of());
  }
}
