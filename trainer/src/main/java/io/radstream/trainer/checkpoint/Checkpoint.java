package io.radstream.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.NewerSettingsException;
import io.radstream.trainer.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A complete checkpoint in the store.
 *
 * @param directory that holds its files
 */
public record Checkpoint(Path directory, CheckpointState state) {

  public static final String MODEL = "model.safetensors";
  public static final String OPTIMIZER = "optimizer.safetensors";
  public static final String CONFIG = "config.json";
  public static final String TOKENIZER = "tokenizer.json";

  /** Of the report encoder, where it has a tokenizer of its own. */
  public static final String ENCODER_TOKENIZER = "encoder-tokenizer.json";

  public static final String STATE = "state.json";
  public static final String README = "README.md";

  static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();

  /** {@code <line>-<step, 9 digits>}. */
  public String id() {
    return state.line() + "-" + directoryName(state.step());
  }

  static String directoryName(long step) {
    return String.format(Locale.ROOT, "%09d", step);
  }

  public Path file(String name) {
    return directory.resolve(name);
  }

  /**
   * @throws IOException where the directory holds no readable {@code state.json}
   */
  public static Checkpoint read(Path directory) throws IOException {
    try {
      CheckpointState state =
          JSON.readValue(Files.readString(directory.resolve(STATE)), CheckpointState.class);
      if (state == null) {
        throw damaged(directory, STATE, null);
      }
      return new Checkpoint(directory, state);
    } catch (JsonProcessingException e) {
      throw damaged(directory, STATE, e);
    }
  }

  /**
   * The configuration of the run that wrote it.
   *
   * @throws IOException where it cannot be read
   */
  public RunConfig config() throws IOException {
    try {
      return RunConfig.fromJson(Files.readString(file(CONFIG)));
    } catch (NewerSettingsException e) {
      throw new IOException("checkpoint %s: %s".formatted(directory, e.getMessage()), e);
    } catch (InvalidConfigException e) {
      throw damaged(directory, CONFIG, e);
    }
  }

  /**
   * Compares every file with its checksum.
   *
   * @throws IOException where one is missing or differs; the message names it
   */
  public void verify() throws IOException {
    for (Map.Entry<String, String> expected : state.files().entrySet()) {
      Path file = file(expected.getKey());
      if (!Files.isRegularFile(file) || !Sha256.of(file).equals(expected.getValue())) {
        throw damaged(directory, expected.getKey(), null);
      }
    }
  }

  /** Checksums of all files, {@code state.json} among them. */
  public Map<String, String> checksums() throws IOException {
    Map<String, String> all = new TreeMap<>(state.files());
    all.put(STATE, Sha256.of(file(STATE)));
    return all;
  }

  private static IOException damaged(Path directory, String file, Exception cause) {
    return new IOException(
        "checkpoint %s is damaged: %s is missing or altered; move the directory away to go on from the checkpoint before"
            .formatted(directory, file),
        cause);
  }
}
