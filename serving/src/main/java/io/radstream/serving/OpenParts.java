package io.radstream.serving;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What has been opened so far; what was opened last is closed first. For one thread. */
final class OpenParts implements AutoCloseable {

  private final Deque<Runnable> closings = new ArrayDeque<>();

  /** Has a part closed with the others. */
  <T> T add(T part, Consumer<? super T> close) {
    closings.push(() -> close.accept(part));
    return part;
  }

  /** Closes all, whatever becomes of each; the first failure is thrown in the end. */
  @Override
  public void close() {
    RuntimeException first = null;
    while (!closings.isEmpty()) {
      try {
        closings.pop().run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
