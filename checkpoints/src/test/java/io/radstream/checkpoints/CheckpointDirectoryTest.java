package io.radstream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.config.ModelConfig;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.radiology.report.WordPieceTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointDirectoryTest {

  private static final Map<String, String> SUMS =
      Map.of("model.safetensors", Sha256.of("weights"), "state.json", Sha256.of("{}"));

  @TempDir private Path directory;

  private CheckpointDirectory whole() throws IOException {
    Files.writeString(directory.resolve("model.safetensors"), "weights");
    Files.writeString(directory.resolve("state.json"), "{}");
    return new CheckpointDirectory(directory);
  }

  @Test
  void shouldFindNoFaultWithExactlyTheseFiles() throws IOException {
    CheckpointDirectory files = whole();

    assertThat(files.fault(SUMS)).isEmpty();
    assertThat(files.damagedFile(SUMS)).isEmpty();
  }

  @Test
  void shouldTellAMissingFile() throws IOException {
    CheckpointDirectory files = whole();
    Files.delete(files.file("state.json"));

    assertThat(files.fault(SUMS)).hasValue(new Fault.Missing("state.json"));
    assertThat(files.damagedFile(SUMS)).hasValue("state.json");
  }

  @Test
  void shouldTellAnAlteredFile() throws IOException {
    CheckpointDirectory files = whole();
    Files.writeString(files.file("model.safetensors"), "weight");

    assertThat(files.fault(SUMS)).hasValue(new Fault.Altered("model.safetensors"));
    assertThat(files.damagedFile(SUMS)).hasValue("model.safetensors");
  }

  @Test
  void shouldTrustNoLinkAndNoFurtherFileOfAForeignDirectory() throws IOException {
    CheckpointDirectory files = whole();
    Path elsewhere = directory.resolve("elsewhere");
    Files.move(files.file("state.json"), elsewhere);

    Files.createSymbolicLink(files.file("state.json"), elsewhere);
    assertThat(files.fault(SUMS)).hasValue(new Fault.NotPlain("state.json"));

    Files.copy(elsewhere, Files.createDirectory(directory.resolve("d")).resolve("f"));
    Files.delete(files.file("state.json"));
    Files.move(elsewhere, files.file("state.json"));
    assertThat(files.fault(SUMS)).hasValue(new Fault.Surplus(1));
    assertThat(files.damagedFile(SUMS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not json", "{}", "{\"model\":7}", "{\"model\":{}}"})
  void shouldNameAConfigurationThatDescribesNoNetwork(String configuration) throws IOException {
    CheckpointDirectory files = whole();
    Files.writeString(files.file("config.json"), configuration);

    assertThatThrownBy(files::model)
        .isInstanceOf(DamagedCheckpointException.class)
        .hasMessageStartingWith("config.json");
  }

  @Test
  void shouldReadTheNetworkOfTheFirstForm() throws IOException {
    CheckpointDirectory files = whole();
    Files.writeString(
        files.file("config.json"),
        """
        {"line": "line", "model": {"vocabulary": 1000,
          "radiograph": {"imageSize": 64, "patchSize": 8, "width": 96, "layers": 4, "heads": 4, "mlp": 384},
          "fusion": {"hidden": 96},
          "report": {"width": 96, "layers": 2, "heads": 4, "mlp": 384, "maxTokens": 64, "dropout": 0.0},
          "text": {"width": 96, "layers": 2, "heads": 4, "mlp": 384, "maxTokens": 64, "dropout": 0.0},
          "temperature": 0.1}}
        """);

    ModelConfig model = files.model();

    assertThat(model.report().vocabulary()).isEqualTo(1000);
    assertThat(model.objectives().temperature()).isEqualTo(0.1);
  }

  @Test
  void shouldNameTheVersionThatWroteANewerForm() throws IOException {
    CheckpointDirectory files = whole();
    Files.writeString(
        files.file("config.json"),
        "{\"formatVersion\": 99, \"writtenBy\": \"9.1.0\", \"model\": {}}");

    assertThatThrownBy(files::model)
        .isInstanceOf(NewerSettingsException.class)
        .hasMessageContaining("written by radstream 9.1.0");
  }

  @Test
  void shouldKeepTheTokenizersOfBothTextParts() throws IOException {
    CheckpointDirectory files = whole();
    try (ReportTokenizers both =
        new ReportTokenizers(tokenizer("small effusion"), tokenizer("clear lungs"))) {
      for (Map.Entry<String, byte[]> file : CheckpointDirectory.tokenizerFiles(both).entrySet()) {
        Files.write(files.file(file.getKey()), file.getValue());
      }

      try (ReportTokenizers read = files.tokenizers()) {
        assertThat(read.fingerprint()).isEqualTo(both.fingerprint());
      }
    }
  }

  private static ReportTokenizer tokenizer(String words) throws IOException {
    Iterator<String> reports = List.of(words).iterator();
    return ReportTokenizer.of(
        WordPieceTrainer.train(reports, new WordPieceTrainer.Options(200, 1)));
  }
}
