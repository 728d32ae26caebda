package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.model.weights.TensorFile;
import io.radstream.radiology.Sha256;
import io.radstream.schemas.CheckpointPublished;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A checkpoint again, under another name, as the one after it. */
final class CopiedCheckpoint {

  private CopiedCheckpoint() {}

  static CheckpointPublished same(CheckpointPublished made, String id) throws IOException {
    return copy(made, id, false);
  }

  /** With a label head that says the contrary. */
  static CheckpointPublished contrary(CheckpointPublished made, String id) throws IOException {
    return copy(made, id, true);
  }

  private static CheckpointPublished copy(CheckpointPublished made, String id, boolean contrary)
      throws IOException {
    long step = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
    Path from = Path.of(URI.create(made.getUri()));
    Path to = Files.createDirectory(from.resolveSibling("%09d".formatted(step)));
    Map<String, String> files = new HashMap<>();
    for (String name : made.getFiles().keySet()) {
      Path file = Files.copy(from.resolve(name), to.resolve(name));
      if (contrary && name.equals(CheckpointDirectory.MODEL)) {
        turnSigns(file);
      }
      files.put(name, Sha256.of(file));
    }
    return CheckpointPublished.newBuilder(made)
        .setCheckpointId(id)
        .setUri(to.toUri().toString())
        .setFiles(files)
        .setStep(step)
        .setTime(made.getTime().plusSeconds(step))
        .build();
  }

  /** Of the label head; the sign of a number is the first bit of its last byte. */
  private static void turnSigns(Path file) throws IOException {
    TensorFile tensors = TensorFile.open(file);
    byte[] bytes = Files.readAllBytes(file);
    tensors.entries().entrySet().stream()
        .filter(tensor -> tensor.getKey().contains("label_head"))
        .map(Map.Entry::getValue)
        .forEach(
            tensor -> {
              int end = Math.toIntExact(tensors.dataStart() + tensor.end());
              int begin = Math.toIntExact(tensors.dataStart() + tensor.begin());
              for (int i = begin + Float.BYTES - 1; i < end; i += Float.BYTES) {
                bytes[i] ^= (byte) 0x80;
              }
            });
    assertThat(bytes).isNotEqualTo(Files.readAllBytes(file));
    Files.write(file, bytes);
  }
}
