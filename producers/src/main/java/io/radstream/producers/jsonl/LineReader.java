package io.radstream.producers.jsonl;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads lines as bytes, so that one line which is no text does not end the reading, and never holds
 * more than a bounded part of one.
 */
final class LineReader implements Closeable {

  /** Longest line of a study file, in bytes. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private final InputStream input;

  LineReader(InputStream input) {
    this.input = new BufferedInputStream(input, 1 << 16);
  }

  /**
   * The next line without its end, or null after the last. A line over the limit is cut one byte
   * beyond it, and the rest of it is skipped.
   */
  byte[] next() throws IOException {
    int next = input.read();
    if (next < 0) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (next >= 0 && next != '\n') {
      if (line.size() <= MAX_BYTES) {
        line.write(next);
      }
      next = input.read();
    }
    return line.toByteArray();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
