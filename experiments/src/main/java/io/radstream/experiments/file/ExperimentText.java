package io.radstream.experiments.file;

import io.radstream.experiments.plan.InvalidExperimentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text of a file, not more of it than an experiment may have. */
final class ExperimentText {

  private static final int MOST = 1 << 20;

  private ExperimentText() {}

  static String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InvalidExperimentException("is a directory, and not a file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST + 1);
    }
    if (bytes.length > MOST) {
      throw new InvalidExperimentException("is larger than 1 MiB, which no experiment is");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidExperimentException("is not text in UTF-8", e);
    }
  }
}
