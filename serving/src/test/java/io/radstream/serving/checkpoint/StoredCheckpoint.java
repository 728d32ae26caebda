package io.radstream.serving.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A checkpoint as the trainer writes it, for tests to damage. */
public record StoredCheckpoint(Path store, Path directory, String line, long step) {

  static final String ENCODER_FILE = "encoder-tokenizer.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REPORT =
      "bright dark there is a small left pleural effusion no normal chest radiograph.";
  private static final byte[] TOKENIZER = tokenizer(REPORT, 200);
  private static final byte[] ENCODER_TOKENIZER = tokenizer("bright dark", 100);

  private static byte[] tokenizer(String report, int vocabulary) {
    return WordPieceTrainer.train(
        Collections.nCopies(3, report).iterator(), new WordPieceTrainer.Options(vocabulary, 1));
  }

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
      checkpoint.putConfig(config());
      checkpoint.put("state.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      checkpoint.put("README.md", "# Model".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return checkpoint;
  }

  public static ModelConfig config() {
    return ModelPreset.TINY.config(size(TOKENIZER));
  }

  /** Of a network whose report encoder has a tokenizer of its own. */
  static ModelConfig configOfTwoVocabularies() {
    return ModelPreset.TINY.config(ModelVariant.PAPER, size(TOKENIZER), size(ENCODER_TOKENIZER));
  }

  private static int size(byte[] json) {
    try (ReportTokenizer tokenizer = ReportTokenizer.of(json)) {
      return tokenizer.vocabulary().size();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void putConfig(ModelConfig config) throws IOException {
    put("config.json", JSON.writeValueAsBytes(Map.of("seed", 1, "model", config)));
  }

  /** Gives the report encoder a tokenizer of its own. */
  void putEncoderTokenizer() throws IOException {
    put(ENCODER_FILE, ENCODER_TOKENIZER);
    putConfig(configOfTwoVocabularies());
  }

  public void put(String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
  }

  /** Announces the files as they are now. */
  public CheckpointPublished announce() {
    return builder().build();
  }

  /**
   * Announces them as of a run that may read so much.
   *
   * @param parent that it grew out of; null for none
   */
  public CheckpointPublished announce(String run, String parent, long begin, long end) {
    // Has Avro trust our records, as every service does.
    KafkaConnection unused =
        new KafkaConnection("unused:9092", "mock://stored", new TopicNames(""));
    return builder()
        .setRunId(run)
        .setParent(parent)
        .setPositions(List.of(new RecordRef("tuples.train", 0, end)))
        .setBegins(List.of(begin))
        .build();
  }

  CheckpointPublished.Builder builder() {
    return Announced.of(line, step)
        .setUri(directory.toUri().toString())
        .setFiles(hashes())
        .setMetrics(Map.of("validation_loss", 3.25))
        .setTokenizer(fingerprint());
  }

  private String fingerprint() {
    return Files.exists(directory.resolve(ENCODER_FILE))
        ? Sha256.of(TOKENIZER) + "+" + Sha256.of(ENCODER_TOKENIZER)
        : Sha256.of(TOKENIZER);
  }

  private Map<String, String> hashes() {
    try (Stream<Path> files = Files.list(directory)) {
      Map<String, String> hashes = new TreeMap<>();
      for (Path file : files.toList()) {
        hashes.put(file.getFileName().toString(), Sha256.of(Files.readAllBytes(file)));
      }
      return hashes;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
