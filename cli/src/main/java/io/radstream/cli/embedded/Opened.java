package io.radstream.cli.embedded;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened one on top of the other; closes the last first, and all in any case. */
final class Opened implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() throws IOException {
    try {
      closeAll();
    } catch (Exception e) {
      throw new IOException("cannot stop the embedded cluster: " + e.getMessage(), e);
    }
  }

  private void closeAll() throws Exception {
    if (!parts.isEmpty()) {
      AutoCloseable first = parts.removeLast();
      try (first) {
        closeAll();
      }
    }
  }
}
