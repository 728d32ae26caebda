package io.radstream.serving;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What has been opened so far; what was opened last is closed first. For one thread. */
final class OpenParts implements AutoCloseable {

  private interface Part extends AutoCloseable {

    @Override
    void close();
  }

  private final Deque<Part> parts = new ArrayDeque<>();

  /** Has a part closed with the others. */
  <T> T add(T part, Consumer<? super T> close) {
    parts.add(() -> close.accept(part));
    return part;
  }

  /** Closes all, whatever becomes of each; the first failure is thrown in the end. */
  @Override
  public void close() {
    if (!parts.isEmpty()) {
      Part first = parts.removeFirst();
      try (first) {
        close();
      }
    }
  }
}
