package io.radstream.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.ModelConfig;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.report.ReportTokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a checkpoint. Whether they are whole is for {@link #damagedFile} or {@link #fault}
 * to tell; reading does not look.
 */
public record CheckpointDirectory(Path path) {

  /** Weights of the network. */
  public static final String MODEL = "model.safetensors";

  /** State of the optimizer. */
  public static final String OPTIMIZER = "optimizer.safetensors";

  /** The whole configuration of the run; {@code model} in it is the network's. */
  public static final String CONFIG = "config.json";

  /** The tokenizer; where there are two, that of the report transformer. */
  public static final String TOKENIZER = "tokenizer.json";

  /** Of the report encoder, where it has a tokenizer of its own. */
  public static final String ENCODER_TOKENIZER = "encoder-tokenizer.json";

  /** Where the run stood, and a checksum of each other file. */
  public static final String STATE = "state.json";

  /** The model card. */
  public static final String README = "README.md";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /** Under which names tokenizers are kept, and their content; always in this order. */
  public static Map<String, byte[]> tokenizerFiles(ReportTokenizers tokenizers) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(TOKENIZER, tokenizers.decoder().json());
    if (!tokenizers.areShared()) {
      files.put(ENCODER_TOKENIZER, tokenizers.encoder().json());
    }
    return files;
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  /** The tokenizer's file. */
  public Path tokenizer() {
    return file(TOKENIZER);
  }

  /** The report encoder's, where it has one of its own. */
  public Optional<Path> encoderTokenizer() {
    return Optional.of(file(ENCODER_TOKENIZER)).filter(Files::exists);
  }

  /**
   * The caller closes them.
   *
   * @throws IOException as {@link ReportTokenizers#load}
   */
  public ReportTokenizers tokenizers() throws IOException {
    return ReportTokenizers.load(tokenizer(), encoderTokenizer());
  }

  /** The configuration of the run that wrote it, as text. */
  public String configuration() throws IOException {
    return Files.readString(file(CONFIG));
  }

  /**
   * What the network looks like, from a configuration of any form up to today's.
   *
   * @throws NewerSettingsException where a newer version wrote the configuration
   * @throws DamagedCheckpointException where the configuration describes no network
   * @throws IOException where it cannot be read
   */
  public ModelConfig model() throws IOException {
    try {
      JsonNode settings = settings();
      if (!settings.path("model").isObject()) {
        throw new DamagedCheckpointException(CONFIG + " has no \"model\"", null);
      }
      return JSON.treeToValue(settings.path("model"), ModelConfig.class);
    } catch (JsonProcessingException e) {
      throw new DamagedCheckpointException(
          CONFIG + " does not describe a network: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Whether it learned from pictures at full resolution, where there were such, and is to see them.
   *
   * @throws IOException as {@link #model}
   */
  public boolean seesOriginals() throws IOException {
    return settings().path("data").path("views").asText().equals("ORIGINAL");
  }

  private JsonNode settings() throws IOException {
    try {
      return SettingsForm.newest(JSON.readTree(file(CONFIG).toFile()));
    } catch (JsonProcessingException e) {
      throw new DamagedCheckpointException(
          CONFIG + " does not describe a network: " + e.getOriginalMessage(), e);
    } catch (NewerSettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new DamagedCheckpointException(CONFIG + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The first file that is missing or has another content; others do not matter.
   *
   * @param checksums SHA-256 in lower-case hexadecimal, by name
   */
  public Optional<String> damagedFile(Map<String, String> checksums) throws IOException {
    return damagedFile(checksums, () -> {});
  }

  private Optional<String> damagedFile(Map<String, String> checksums, Runnable read)
      throws IOException {
    for (Map.Entry<String, String> expected : checksums.entrySet()) {
      Path file = file(expected.getKey());
      if (!Files.isRegularFile(file) || !Sha256.of(file, read).equals(expected.getValue())) {
        return Optional.of(expected.getKey());
      }
    }
    return Optional.empty();
  }

  /**
   * The first fault of a directory that is not trusted: it must hold exactly these files, and no
   * link in the place of one. Only a {@link CalibrationFile} may have come since, which is looked
   * at where it is read.
   *
   * @param checksums SHA-256 in lower-case hexadecimal, by plain name
   */
  public Optional<Fault> fault(Map<String, String> checksums) throws IOException {
    return fault(checksums, () -> {});
  }

  /**
   * The same, by way of a store that may be slow.
   *
   * @param read called whenever some of a file has been read, so that slow can be told from hanging
   */
  public Optional<Fault> fault(Map<String, String> checksums, Runnable read) throws IOException {
    Optional<Fault> listing = faultOfListing(checksums.keySet());
    return listing.isPresent() ? listing : damagedFile(checksums, read).map(Fault.Altered::new);
  }

  private Optional<Fault> faultOfListing(Set<String> names) throws IOException {
    Set<String> present = listing();
    for (String name : new TreeSet<>(names)) {
      if (!present.remove(name)) {
        return Optional.of(new Fault.Missing(name));
      }
      if (!Files.isRegularFile(file(name), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(new Fault.NotPlain(name));
      }
    }
    present.removeAll(CalibrationFile.NAMES);
    return present.isEmpty() ? Optional.empty() : Optional.of(new Fault.Surplus(present.size()));
  }

  private Set<String> listing() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
