package io.radstream.producers.jsonl;

import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads image files under one directory and none outside of it, wherever a name or a link points.
 *
 * @param directory a real path: absolute and without links
 */
record ImageFiles(Path directory) {

  /** A file over this size is not read. */
  private static final long MAX_BYTES = 128L * 1024 * 1024;

  /**
   * @param position of the image in its line, from 1, for messages
   */
  byte[] read(String name, int position) throws BadLineException {
    try {
      Path file = directory.resolve(name).normalize();
      if (!file.startsWith(directory)) {
        throw outside(position);
      }
      if (!Files.isRegularFile(file)) {
        throw BadLineException.invalid("image " + position + ": the file does not exist");
      }
      if (!file.toRealPath().startsWith(directory)) {
        throw outside(position);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new BadLineException(
            RejectionReason.IMAGE_TOO_LARGE,
            "image %d: the file has %d bytes; at most %d are read"
                .formatted(position, Files.size(file), MAX_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (InvalidPathException e) {
      throw BadLineException.invalid("image " + position + ": not a usable file name");
    } catch (IOException e) {
      throw BadLineException.invalid("image " + position + ": the file cannot be read");
    }
  }

  private static BadLineException outside(int position) {
    return BadLineException.invalid(
        "image " + position + ": the file lies outside the directory of the study file");
  }
}
