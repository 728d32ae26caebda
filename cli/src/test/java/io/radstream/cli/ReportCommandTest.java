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
import io.radstream.model.config.LearningRates;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.config.RunPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A very small network that knows two studies by heart. */
class ReportCommandTest {

  private static final List<String> REPORTS =
      List.of("small left pleural effusion.", "lungs are clear.");
  private static final int SIDE = 16;
  private static final int VIEWS = 3;

  @TempDir private static Path directory;
  private static Path checkpoint;

  @BeforeAll
  static void trainNetwork() throws IOException {
    TorchEngine.start(1);
    byte[] json = WordPieceTrainer.train(REPORTS.iterator(), new WordPieceTrainer.Options(200, 1));
    try (ReportTokenizer tokenizer = ReportTokenizer.of(json)) {
      checkpoint = write("both", config(tokenizer, List.of()), tokenizer, batch(tokenizer));
      for (int study = 0; study < REPORTS.size(); study++) {
        Files.write(image(study), ImageEncoder.png(picture(study)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldPrintTheReportThatWasLearned(int study) {
    Invocation invocation = report("--checkpoint", checkpoint.toString(), image(study).toString());

    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    assertThat(invocation.out().lines()).containsExactly(REPORTS.get(study));
  }

  @Test
  void shouldCutTheReportAndTellSoInJson() throws IOException {
    Invocation invocation =
        report(
            "--checkpoint",
            checkpoint.toString(),
            "--json",
            "--beams=1",
            "--max-tokens=4",
            image(1).toString(),
            image(1).toString());

    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    List<String> lines = invocation.out().lines().toList();
    JsonNode summary = new ObjectMapper().readTree(lines.get(1));
    assertThat(REPORTS.get(1)).startsWith(lines.get(0));
    assertThat(summary.get("report").asText()).isEqualTo(lines.get(0));
    assertThat(summary.get("tokens").asInt()).isEqualTo(4);
    assertThat(summary.get("complete").asBoolean()).isFalse();
    assertThat(summary.get("log_probability").asDouble()).isBetween(-1.0, 0.0);
    assertThat(summary.get("checkpoint_id").asText()).isEqualTo("both-000000007");
  }

  @Test
  void shouldSayThatANetworkCannotWrite() throws IOException {
    Path silent;
    try (ReportTokenizer tokenizer = ReportTokenizer.load(checkpoint.resolve("tokenizer.json"))) {
      RunConfig config = config(tokenizer, List.of("model.objectives.language=0"));
      silent = write("silent", config, tokenizer, null);
    }

    Invocation invocation = report("--checkpoint", silent.toString(), image(0).toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err())
        .contains("radstream: this network was trained without the language loss");
  }

  @Test
  void shouldSayThatAFileIsNoImage() throws IOException {
    Path text = Files.writeString(directory.resolve("note.png"), "not an image");

    Invocation invocation =
        report("--checkpoint", checkpoint.toString(), image(0).toString(), text.toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("radstream: view 2: not a PNG or JPEG image");
  }

  @Test
  void shouldSayThatThereIsNoCheckpoint() {
    Path nothing = directory.resolve("nothing");

    Invocation invocation = report("--checkpoint", nothing.toString(), image(0).toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--checkpoint: no such file: " + nothing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--beams=0", "--max-tokens=1"})
  void shouldRefuseAnOptionOutOfRange(String option) {
    Invocation invocation =
        report("--checkpoint", checkpoint.toString(), option, image(0).toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("configuration value out of range: generation.");
  }

  @Test
  void shouldAskForAnImage() {
    Invocation invocation = report("--checkpoint", checkpoint.toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("IMAGE");
  }

  private static Invocation report(String... arguments) {
    List<String> all = new ArrayList<>(List.of("report"));
    all.addAll(List.of(arguments));
    return Invocation.of(all.toArray(String[]::new));
  }

  private static Path image(int study) {
    return directory.resolve("study-" + study + ".png");
  }

  private static GrayImage picture(int study) {
    byte[] pixels = new byte[40 * 40];
    Arrays.fill(pixels, study * 800, study * 800 + 800, (byte) 200);
    return new GrayImage(40, 40, pixels);
  }

  private static StudyBatch batch(ReportTokenizer tokenizer) {
    float[] images = new float[REPORTS.size() * VIEWS * SIDE * SIDE];
    int[][] tokens = new int[REPORTS.size()][];
    for (int view = 0; view < REPORTS.size() * VIEWS; view++) {
      float[] pixels = new ModelInput(SIDE).center(picture(view / VIEWS));
      System.arraycopy(pixels, 0, images, view * SIDE * SIDE, SIDE * SIDE);
    }
    Arrays.setAll(tokens, study -> tokenizer.encode(REPORTS.get(study), 30));
    return new StudyBatch(images, tokens);
  }

  private static RunConfig config(ReportTokenizer tokenizer, List<String> further) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "model.radiograph={imageSize: 16, width: 16, layers: 1, heads: 2, mlp: 32}",
                "model.report={width: 16, layers: 1, heads: 2, mlp: 32}",
                "model.text={width: 16, layers: 1, heads: 2, mlp: 32}",
                "model.objectives.language=1"));
    settings.addAll(further);
    RunConfig base = RunPreset.TINY.config("line", tokenizer.vocabulary().size());
    return new RunConfigReader().read(base, Optional.empty(), settings);
  }

  /**
   * @param batch to learn by heart; null to learn nothing
   */
  private static Path write(
      String line, RunConfig config, ReportTokenizer tokenizer, StudyBatch batch)
      throws IOException {
    try (RefersTraining training =
            RefersTraining.start(
                new Learning(
                    config.model(), config.optimizer(), config.compute(), ComputeDevice.best()),
                1);
        CheckpointLine open = new CheckpointStore(directory.resolve("store")).open(line)) {
      if (batch != null) {
        learn(training, batch);
      }
      Checkpoint written =
          open.write(
              state(line, tokenizer),
              config.toJson(),
              CheckpointConfig.card(config, List.of()),
              Map.of(Checkpoint.TOKENIZER, tokenizer.json()),
              training::save);
      return written.directory();
    }
  }

  private static void learn(RefersTraining training, StudyBatch batch) {
    double loss = Double.MAX_VALUE;
    for (int step = 0; step < 500 && loss > 0.05; step++) {
      training.step(batch, new LearningRates(0.02, 0.02), step);
      loss = training.evaluate(batch).losses().of("language").orElseThrow();
    }
    assertThat(loss).isLessThan(0.05);
  }

  private static CheckpointState state(String line, ReportTokenizer tokenizer) {
    return new CheckpointState(
        line,
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
