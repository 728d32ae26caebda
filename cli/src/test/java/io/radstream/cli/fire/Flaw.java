package io.radstream.cli.fire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.SettingsForm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** What can be wrong with a checkpoint. */
enum Flaw {
  /** A bit of the weights is another one than announced. */
  HASH(true) {
    @Override
    void spoil(Path directory) throws IOException {
      Path weights = model(directory);
      byte[] bytes = Files.readAllBytes(weights);
      bytes[bytes.length / 2] ^= 1;
      Files.write(weights, bytes);
    }
  },
  /** The weights end in their middle, and were announced so. */
  TRUNCATED(false) {
    @Override
    void spoil(Path directory) throws IOException {
      byte[] bytes = Files.readAllBytes(model(directory));
      Files.write(model(directory), Arrays.copyOf(bytes, bytes.length / 2));
    }
  },
  /** The configuration is that of a deeper network. */
  OTHER_ARCHITECTURE(false) {
    @Override
    void spoil(Path directory) throws IOException {
      rewrite(directory, config -> radiograph(config).put("layers", 5));
    }
  },
  /** All weights are NaN. */
  NOT_NUMBERS(false) {
    @Override
    void spoil(Path directory) throws IOException {
      byte[] bytes = Files.readAllBytes(model(directory));
      long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
      Arrays.fill(bytes, Math.toIntExact(Long.BYTES + header), bytes.length, (byte) 0xff);
      Files.write(model(directory), bytes);
    }
  },
  MISSING_FILE(true) {
    @Override
    void spoil(Path directory) throws IOException {
      Files.delete(model(directory));
    }
  },
  /** A later version of the program wrote it. */
  NEWER_FORMAT(false) {
    @Override
    void spoil(Path directory) throws IOException {
      rewrite(directory, config -> config.put(SettingsForm.VERSION, 1_000_000));
    }
  },
  /** In the place of its directory there is a link to itself. */
  UNREADABLE_DIRECTORY(true) {
    @Override
    void spoil(Path directory) throws IOException {
      Path away = directory.resolveSibling(directory.getFileName() + ".away");
      Files.move(directory, away);
      Files.createSymbolicLink(directory, directory.getFileName());
    }
  },
  /** The configuration speaks of more than any machine holds. */
  LYING_CONFIG(false) {
    @Override
    void spoil(Path directory) throws IOException {
      rewrite(directory, config -> radiograph(config).put("width", 4_000_000).put("layers", 9_000));
    }
  },
  /** The weights claim to begin behind the end of any file. */
  HUGE_HEADER(false) {
    @Override
    void spoil(Path directory) throws IOException {
      try (RandomAccessFile weights = new RandomAccessFile(model(directory).toFile(), "rw")) {
        weights.writeLong(Long.reverseBytes(Long.MAX_VALUE / 2));
      }
    }
  },
  EMPTY(false) {
    @Override
    void spoil(Path directory) throws IOException {
      Files.write(model(directory), new byte[0]);
    }
  },
  /** Only half of the weights have been copied when the checkpoint is announced. */
  HALF_COPIED(true) {
    @Override
    void spoil(Path directory) throws IOException {
      byte[] bytes = Files.readAllBytes(model(directory));
      Files.write(model(directory), Arrays.copyOf(bytes, bytes.length / 2));
    }
  },
  /** In the place of the weights there is a pipe, which would hold whoever opens it for ever. */
  PIPE(true) {
    @Override
    void spoil(Path directory) throws IOException {
      Files.delete(model(directory));
      Process made = new ProcessBuilder("mkfifo", model(directory).toString()).start();
      made.onExit().join();
    }
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  private final boolean afterAnnouncement;

  Flaw(boolean afterAnnouncement) {
    this.afterAnnouncement = afterAnnouncement;
  }

  /** Whether the announcement describes the files as they were before. */
  boolean isAfterAnnouncement() {
    return afterAnnouncement;
  }

  abstract void spoil(Path directory) throws IOException;

  private static Path model(Path directory) {
    return directory.resolve(CheckpointDirectory.MODEL);
  }

  private static ObjectNode radiograph(ObjectNode config) {
    return (ObjectNode) config.path("model").path("radiograph");
  }

  private static void rewrite(Path directory, Consumer<ObjectNode> change) throws IOException {
    Path file = directory.resolve(CheckpointDirectory.CONFIG);
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(config);
    JSON.writeValue(file.toFile(), config);
  }
}
