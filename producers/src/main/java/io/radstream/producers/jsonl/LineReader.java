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

  private final InputStream input;
  private final int maxBytes;

  LineReader(InputStream input, int maxBytes) {
    this.input = new BufferedInputStream(input, 1 << 16);
    this.maxBytes = maxBytes;
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
      if (line.size() <= maxBytes) {
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
