package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.checkpoints.CalibrationFile;
import io.radstream.radiology.Sha256;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.ScoringModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A calibration that is small as a file, and in memory larger than there is room for. */
@Timeout(60)
class LargeCalibrationTest {

  /** Each is an object of its own, of many times the size that it has in the file. */
  private static final int VECTORS = 15 << 20;

  @TempDir private Path store;

  /** Loads a checkpoint in a process that has little memory. */
  static final class Loader {

    private Loader() {}

    public static void main(String[] arguments) throws Exception {
      Path store = Path.of(arguments[0]);
      CheckpointPublished announced = StoredCheckpoint.write(store, "demo", 400).announce();
      writeCalibration(store.resolve("demo/000000400"), announced);
      FakeNetwork network = new FakeNetwork();
      ScoringModel model =
          new CheckpointLoader(
                  store, FakeNetwork.PROMPTS, (config, weights) -> network, InstantSource.system())
              .load(announced);
      System.out.println(model.calibration().reason().orElse("it is used"));
    }

    private static void writeCalibration(Path directory, CheckpointPublished announced)
        throws IOException {
      Path vectors = directory.resolve(CalibrationFile.FAMILIAR);
      writeVectors(vectors);
      Files.writeString(
          directory.resolve(CalibrationFile.CALIBRATION),
          """
          {"format": 1, "model": "%s",
           "panel": {"sha256": "%s", "studies": 1, "patients": 1}, "findings": [],
           "familiarity": {"sha256": "%s", "neighbours": 1, "quantile": 0.5,
             "vectorThreshold": 1, "pictureThreshold": 1}}
          """
              .formatted(
                  announced.getFiles().get("model.safetensors"),
                  Sha256.of("panel"),
                  Sha256.of(Files.readAllBytes(vectors))));
    }

    /** Zeros that need no room on the disk. */
    private static void writeVectors(Path file) throws IOException {
      int end = VECTORS * Float.BYTES;
      byte[] header =
          """
          {"vectors": {"dtype": "F32", "shape": [%d, 1], "data_offsets": [0, %d]},
           "pictures": {"dtype": "F32", "shape": [1, 1], "data_offsets": [%d, %d]}}
          """
              .formatted(VECTORS, end, end, end + Float.BYTES)
              .getBytes(StandardCharsets.UTF_8);
      try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(header.length).array());
        out.write(header);
        out.setLength(out.length() + end + Float.BYTES);
      }
    }
  }

  @Test
  void shouldServeACheckpointWithoutACalibrationThatDoesNotFitIntoMemory() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                List.of(java, "-Xmx256m", "-cp", path, Loader.class.getName(), store.toString()))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {

      List<String> told = out.lines().toList();

      assertThat(told)
          .contains(
              "calibration.json: reading it failed: java.lang.OutOfMemoryError: Java heap space");
    } finally {
      process.destroyForcibly();
    }
  }
}
