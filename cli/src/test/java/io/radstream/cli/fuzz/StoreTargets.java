package io.radstream.cli.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.NewerSettingsException;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.weights.TensorFile;
import io.radstream.model.weights.TensorType;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.serving.score.PromptSet;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.config.RunPreset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files of a checkpoint, and settings.
 *
 * @param folder for them
 */
record StoreTargets(Path folder) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VOCABULARY = 200;

  private static final String STATE =
      """
      {"line":"demo","runId":"run","step":400,"firstStep":0,"seed":1,"tokenizer":"abc","parent":null,
      "time":"2026-01-02T03:04:05Z","metrics":{"validation_loss":3.5},"files":{"README.md":"00"},
      "sources":[{"name":"tuples","positions":{"0":17}}],"epoch":3}"""
          .replace("\n", "");

  private static final String PROMPTS =
      """
      findings:
        - finding: effusion
          positive: ["There is an effusion.", "fluid"]
          negative: ["There is no effusion."]
        - finding: opacity
          positive: ["opacity"]
          negative: ["no opacity"]
      """;

  List<Target> all() throws IOException {
    return List.of(tensors(), tokenizer(), config(), state(), settings(), prompts());
  }

  private Path written(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    return file;
  }

  private Target tensors() {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},\"vit.w\":{\"dtype\":\"F32\",\"shape\":[2,3],"
            + "\"data_offsets\":[0,24]},\"vit.b\":{\"dtype\":\"BF16\",\"shape\":[4],"
            + "\"data_offsets\":[24,32]}}";
    byte[] seed = withHeaderLength(Mutator.spliced(new byte[32], 0, 0, Json.bytes(header)), header);
    return Target.of(
            "safetensors",
            List.of(seed),
            List.of(
                "\"F64\"", "\"shape\":[", "[0,", "\"data_offsets\":[", "{", "[", "\"F32\"", "I8"),
            Set.of(IOException.class),
            input -> {
              TensorFile file = TensorFile.open(written("model.safetensors", input));
              for (Map.Entry<String, TensorFile.Entry> entry : file.entries().entrySet()) {
                Optional<TensorType> type = entry.getValue().type();
                if (type.isPresent()) {
                  file.read(entry.getKey());
                }
              }
              return "";
            })
        .repairing(StoreTargets::withHeaderLength);
  }

  private static byte[] withHeaderLength(byte[] rest, String header) {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length())
            .array();
    return Mutator.spliced(rest, 0, 0, length);
  }

  /** The header goes to the last brace, as if its writer had meant that. */
  private static byte[] withHeaderLength(byte[] input) {
    int end = input.length;
    while (end > Long.BYTES && input[end - 1] != '}') {
      end--;
    }
    if (end <= Long.BYTES) {
      return input;
    }
    byte[] repaired = input.clone();
    ByteBuffer.wrap(repaired).order(ByteOrder.LITTLE_ENDIAN).putLong(0, end - Long.BYTES);
    return repaired;
  }

  private static Target tokenizer() {
    byte[] own =
        WordPieceTrainer.train(
            Collections.nCopies(3, "there is a small left pleural effusion bright dark.")
                .iterator(),
            new WordPieceTrainer.Options(VOCABULARY, 1));
    return Target.of(
        "tokenizer",
        List.of(own),
        List.of(
            "\"BPE\"",
            "\"Unigram\"",
            "\"WordLevel\"",
            "\"ByteLevel\"",
            "\"Metaspace\"",
            "\"Replace\"",
            "\"Sequence\"",
            "\"Precompiled\"",
            "[UNK]",
            "[CLS]",
            "##",
            "\"Regex\":\"(((((a+)+)+)+)+)$\"",
            "\"merges\":[",
            "\"vocab\":{",
            "\"normalizer\":",
            "4294967295",
            "-1",
            "null"),
        Set.of(IOException.class),
        input -> {
          try (ReportTokenizer tokenizer = ReportTokenizer.of(input)) {
            tokenizer.encode("Small effusion on the left.", 16);
          }
          return "";
        });
  }

  private Target config() throws IOException {
    ModelConfig model = ModelPreset.TINY.config(VOCABULARY);
    RunConfig run = RunPreset.TINY.config("demo", VOCABULARY);
    return Target.of(
        "config",
        List.of(
            JSON.writeValueAsBytes(Map.of("seed", 1, "model", model)), Json.bytes(run.toJson())),
        List.of("\"formatVersion\":", "\"model\":", "null", "{", "[", "\"objectives\":"),
        Set.of(IOException.class, NewerSettingsException.class),
        input -> {
          written(CheckpointDirectory.CONFIG, input);
          new CheckpointDirectory(folder).model();
          return "";
        });
  }

  private Target state() {
    return Target.of(
        "state",
        List.of(Json.bytes(STATE)),
        List.of("null", "{", "[", "\"files\":", "\"metrics\":", "NaN"),
        Set.of(IOException.class),
        input -> {
          written(CheckpointDirectory.STATE, input);
          Checkpoint.read(folder).id();
          return "";
        });
  }

  private Target settings() {
    RunConfig preset = RunPreset.TINY.config("demo", VOCABULARY);
    return Target.of(
        "settings",
        List.of(
            Json.bytes("batch: 8\nthreads: 2\noptimizer:\n  maxGradientNorm: 1.0\n"),
            Json.bytes("data: {minStudies: 10, workers: 2}\nmodel: {objectives: {language: 1}}\n")),
        List.of(
            "&a ",
            "*a",
            "<<: ",
            "!!java.net.URL [a]",
            "---\n",
            "- ",
            ": ",
            "\t",
            "{",
            "[",
            "|\n",
            "%"),
        Set.of(InvalidConfigException.class),
        input -> {
          new RunConfigReader().read(preset, Optional.of(written("run.yaml", input)), List.of());
          return "";
        });
  }

  private Target prompts() {
    return Target.of(
        "prompts",
        List.of(Json.bytes(PROMPTS)),
        List.of(
            "&a ",
            "*a",
            "!!java.net.URL [a]",
            "---\n",
            "- ",
            ": ",
            "\t",
            "{",
            "[",
            "|\n",
            "\0",
            "%"),
        Set.of(IOException.class),
        input -> {
          PromptSet.read(written("prompts.yaml", input));
          return "";
        });
  }
}
