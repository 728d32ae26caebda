package io.radstream.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.radstream.radiology.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The calibration of a checkpoint: {@code calibration.json}, and {@code familiar.safetensors} with
 * the vectors that it names by their digest. Both come after the checkpoint was written and
 * announced, may be replaced, and are no part of it: whatever is wrong with them, the checkpoint is
 * as good as without.
 */
public final class CalibrationFile {

  /** How scores are to be read. */
  public static final String CALIBRATION = "calibration.json";

  /** Vectors of studies that the network knows. */
  public static final String FAMILIAR = "familiar.safetensors";

  /** What may lie beside the files of a checkpoint. */
  static final Set<String> NAMES = Set.of(CALIBRATION, FAMILIAR);

  private static final List<String> LISTS =
      List.of(CalibrationJson.VECTORS, CalibrationJson.PICTURES);

  static final int MOST_TEXT = 8 << 20;
  static final int MOST_VECTORS = 64 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private static final String PENDING = ".calibrating-";

  private final CheckpointDirectory checkpoint;

  public CalibrationFile(CheckpointDirectory checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** The file that is written last, and tells by its time whether there is anything new. */
  public Path path() {
    return checkpoint.file(CALIBRATION);
  }

  /**
   * Reads what is there. Nothing of it is trusted, and no more than a bound is read.
   *
   * @param model SHA-256 of the checkpoint's weights, in lower-case hexadecimal
   */
  public CalibrationState read(String model) {
    if (!Files.exists(path(), LinkOption.NOFOLLOW_LINKS)) {
      return new CalibrationState.Absent();
    }
    try {
      byte[] text = bounded(CALIBRATION, MOST_TEXT);
      return new CalibrationState.Usable(parsed(text, model), Sha256.of(text));
    } catch (IOException | RuntimeException e) {
      return new CalibrationState.Unusable(CALIBRATION + ": " + reason(e));
    }
  }

  private static String reason(Exception e) {
    return e instanceof JsonProcessingException || e instanceof NullPointerException
        ? "it is not the JSON of a calibration"
        : String.valueOf(e.getMessage());
  }

  private CheckpointCalibration parsed(byte[] text, String model) throws IOException {
    JsonNode tree = JSON.readTree(text);
    int format = tree.path("format").asInt();
    if (format != CalibrationJson.FORMAT) {
      throw new IOException(
          "it has the form %d, and this version reads %d"
              .formatted(format, CalibrationJson.FORMAT));
    }
    CalibrationJson json = JSON.treeToValue(tree, CalibrationJson.class);
    if (!model.equals(json.model())) {
      throw new IOException("it belongs to other weights; calibrate this checkpoint");
    }
    return json.read(vectors(json));
  }

  private Optional<Map<String, float[][]>> vectors(CalibrationJson json) throws IOException {
    if (json.familiarity() == null) {
      return Optional.empty();
    }
    byte[] file = bounded(FAMILIAR, MOST_VECTORS);
    if (!Sha256.of(file).equals(json.familiarity().sha256())) {
      throw new IOException(FAMILIAR + " is not the one that it was written with");
    }
    return Optional.of(VectorFile.vectors(file, LISTS));
  }

  private byte[] bounded(String name, int most) throws IOException {
    Path file = checkpoint.file(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(name + " is not a plain file");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("%s has more than %d MiB".formatted(name, most >> 20));
      }
      return bytes;
    }
  }

  /**
   * Writes a calibration in the place of what is there. Each file appears whole, by a rename from
   * beside the checkpoint's directory, which must hold nothing else; the vectors come first. What
   * killed processes left there is deleted once it is a day old.
   *
   * @return SHA-256 of {@code calibration.json}, in lower-case hexadecimal
   * @throws IOException where the directory cannot be written to
   */
  public String write(CheckpointCalibration calibration) throws IOException {
    Optional<byte[]> vectors = calibration.familiarity().map(CalibrationFile::bytes);
    byte[] text =
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsBytes(CalibrationJson.of(calibration, vectors.map(Sha256::of)));
    if (text.length > MOST_TEXT || vectors.filter(file -> file.length > MOST_VECTORS).isPresent()) {
      throw new IOException("the calibration is larger than what is read again; use fewer vectors");
    }
    if (vectors.isPresent()) {
      place(FAMILIAR, vectors.get());
    }
    place(CALIBRATION, text);
    if (vectors.isEmpty()) {
      Files.deleteIfExists(checkpoint.file(FAMILIAR));
    }
    return Sha256.of(text);
  }

  private static byte[] bytes(CheckpointCalibration.Familiarity known) {
    Map<String, float[][]> lists = new LinkedHashMap<>();
    lists.put(CalibrationJson.VECTORS, known.vectors().vectors());
    lists.put(CalibrationJson.PICTURES, known.pictures().vectors());
    return VectorFile.bytes(lists);
  }

  private void place(String name, byte[] content) throws IOException {
    Path directory = checkpoint.path().toAbsolutePath();
    Path pending = directory.resolveSibling(PENDING + UUID.randomUUID());
    try {
      Files.write(pending, content);
      AtomicDirectory.sync(pending);
      AtomicDirectory.cleanBefore(pending, PENDING);
      Files.move(pending, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      AtomicDirectory.sync(directory);
    } finally {
      Files.deleteIfExists(pending);
    }
  }
}
