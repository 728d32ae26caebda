package io.radstream.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.ModelConfig;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.report.ReportTokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A complete checkpoint in the store.
 *
 * @param directory that holds its files
 */
public record Checkpoint(Path directory, CheckpointState state) {

  public static final String MODEL = CheckpointDirectory.MODEL;
  public static final String OPTIMIZER = CheckpointDirectory.OPTIMIZER;
  public static final String CONFIG = CheckpointDirectory.CONFIG;
  public static final String TOKENIZER = CheckpointDirectory.TOKENIZER;
  public static final String ENCODER_TOKENIZER = CheckpointDirectory.ENCODER_TOKENIZER;
  public static final String STATE = CheckpointDirectory.STATE;
  public static final String README = CheckpointDirectory.README;

  static final ObjectMapper JSON = new ObjectMapper();

  /** {@code <line>-<step, 9 digits>}. */
  public String id() {
    return state.id();
  }

  static String directoryName(long step) {
    return String.format(Locale.ROOT, "%09d", step);
  }

  public Path file(String name) {
    return directory.resolve(name);
  }

  /** Its files, for whoever needs no state. */
  public CheckpointDirectory files() {
    return new CheckpointDirectory(directory);
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

  /** The configuration of the run that wrote it, as text. */
  public String configuration() throws IOException {
    return files().configuration();
  }

  /**
   * What the network looks like.
   *
   * @throws IOException where the configuration cannot be read
   */
  public ModelConfig model() throws IOException {
    try {
      return files().model();
    } catch (NewerSettingsException e) {
      throw new IOException("checkpoint %s: %s".formatted(directory, e.getMessage()), e);
    } catch (DamagedCheckpointException e) {
      throw damaged(CONFIG, e);
    }
  }

  /**
   * The caller closes them.
   *
   * @throws IOException as {@link ReportTokenizers#load}
   */
  public ReportTokenizers tokenizers() throws IOException {
    return files().tokenizers();
  }

  /**
   * Compares every file with its checksum.
   *
   * @throws IOException where one is missing or differs; the message names it
   */
  public void verify() throws IOException {
    Optional<String> file = files().damagedFile(state.files());
    if (file.isPresent()) {
      throw damaged(file.get(), null);
    }
  }

  /** Checksums of all files, {@code state.json} among them. */
  public Map<String, String> checksums() throws IOException {
    Map<String, String> all = new TreeMap<>(state.files());
    all.put(STATE, Sha256.of(file(STATE)));
    return all;
  }

  /** What to throw where a file of it cannot be understood. */
  public IOException damaged(String file, Exception cause) {
    return damaged(directory, file, cause);
  }

  private static IOException damaged(Path directory, String file, Exception cause) {
    return new DamagedCheckpointException(
        "checkpoint %s is damaged: %s is missing or altered; move the directory away to go on from the checkpoint before"
            .formatted(directory, file),
        cause);
  }
}
