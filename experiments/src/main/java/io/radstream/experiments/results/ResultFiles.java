package io.radstream.experiments.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One JSON file for each finished run, in a directory: {@code results/<cell>.json} and {@code
 * pretraining/<initialisation>.json}. A file is whole or absent. Results hold patients' pseudonyms
 * and scores: the directory is to be kept like other data of patients.
 */
public final class ResultFiles {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path directory;

  public ResultFiles(Path directory) {
    this.directory = directory;
  }

  /** Empty where the run has not finished. */
  public Optional<PretrainingResult> pretraining(String initialisation) throws IOException {
    return read(file("pretraining", initialisation), PretrainingResult.class);
  }

  /** Empty where the cell has not been tested. */
  public Optional<CellResult> cell(String name) throws IOException {
    return read(file("results", name), CellResult.class);
  }

  public void write(PretrainingResult result) throws IOException {
    write(file("pretraining", result.name()), result);
  }

  public void write(CellResult result) throws IOException {
    write(file("results", result.name()), result);
  }

  private Path file(String kind, String name) {
    return directory.resolve(kind).resolve(name + ".json");
  }

  private static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    T result;
    try {
      result = JSON.readValue(Files.readAllBytes(file), type);
    } catch (JsonProcessingException e) {
      // Its cause is left out, which quotes the file.
      result = null;
    }
    if (result == null) {
      throw new IOException(
          file + " is damaged; delete it, and the run it is of is looked at anew");
    }
    return Optional.of(result);
  }

  private static void write(Path file, Object result) throws IOException {
    WholeFile.write(file, JSON.writeValueAsBytes(result));
  }
}
