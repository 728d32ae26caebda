package io.radstream.producers.fhir;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resources of a file as bytes: each line of one that ends in .ndjson, else the file. */
final class FileContents implements Closeable {

  /** Largest resource; a bundle is one. */
  static final int MAX_BYTES = 64 << 20;

  private final InputStream input;
  private final boolean lines;

  private FileContents(InputStream input, boolean lines) {
    this.input = input;
    this.lines = lines;
  }

  static FileContents of(Path file) throws IOException {
    InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return new FileContents(input, file.getFileName().toString().endsWith(".ndjson"));
  }

  /** The next one that is not blank, null after the last; a larger one is cut behind the limit. */
  byte[] next() throws IOException {
    int next = input.read();
    while (next >= 0) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      boolean blank = true;
      while (next >= 0 && !(lines && next == '\n')) {
        blank &= Character.isWhitespace(next);
        if (content.size() <= MAX_BYTES) {
          content.write(next);
        }
        next = input.read();
      }
      if (!blank) {
        return content.toByteArray();
      }
      next = input.read();
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
