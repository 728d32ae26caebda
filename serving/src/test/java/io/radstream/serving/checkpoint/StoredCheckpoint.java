package io.radstream.serving.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.ModelConfig;
import io.radstream.model.ModelPreset;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.CheckpointPublished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A checkpoint as the trainer writes it, for tests to damage. */
public record StoredCheckpoint(Path store, Path directory, String line, long step) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] TOKENIZER =
      WordPieceTrainer.train(
          Collections.nCopies(
                  3,
                  "bright dark there is a small left pleural effusion no normal chest radiograph.")
              .iterator(),
          new WordPieceTrainer.Options(200, 1));

  /** Writes all files; the weights are a few bytes that only a fake network takes. */
  public static StoredCheckpoint write(Path store, String line, long step) {
    StoredCheckpoint checkpoint =
        new StoredCheckpoint(
            store, store.resolve(line).resolve("%09d".formatted(step)), line, step);
    try {
      Files.createDirectories(checkpoint.directory);
      checkpoint.put(
          "model.safetensors", "weights".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      checkpoint.put("optimizer.safetensors", new byte[] {2});
      checkpoint.put("tokenizer.json", TOKENIZER);
      checkpoint.put("config.json", JSON.writeValueAsBytes(Map.of("seed", 1, "model", config())));
      checkpoint.put("state.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      checkpoint.put("README.md", "# Model".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return checkpoint;
  }

  public static ModelConfig config() {
    try (ReportTokenizer tokenizer = ReportTokenizer.of(TOKENIZER)) {
      return ModelPreset.TINY.config(tokenizer.vocabulary().size());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public void put(String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
  }

  /** Announces the files as they are now. */
  public CheckpointPublished announce() {
    return builder().build();
  }

  CheckpointPublished.Builder builder() {
    return CheckpointPublished.newBuilder()
        .setCheckpointId("%s-%09d".formatted(line, step))
        .setLine(line)
        .setRunId("run")
        .setUri(directory.toUri().toString())
        .setFiles(hashes())
        .setStep(step)
        .setPositions(List.of())
        .setMetrics(Map.of("validation_loss", 3.25))
        .setConfig("{}")
        .setTokenizer(sha256(TOKENIZER))
        .setTime(Instant.EPOCH.plusSeconds(step));
  }

  private Map<String, String> hashes() {
    try (Stream<Path> files = Files.list(directory)) {
      Map<String, String> hashes = new TreeMap<>();
      for (Path file : files.toList()) {
        hashes.put(file.getFileName().toString(), sha256(Files.readAllBytes(file)));
      }
      return hashes;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
