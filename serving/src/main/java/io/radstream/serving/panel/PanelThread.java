package io.radstream.serving.panel;

import io.radstream.model.engine.SpareTime;
import io.radstream.model.engine.TorchEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Computes with one CPU thread, so that answers have the others to themselves: two operations that
 * each want all of them would wait for each other.
 */
final class PanelThread implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> SpareTime.thread("panel", work));

  /** Waits until the thread is ready; the engine must have been started. */
  PanelThread() {
    CompletableFuture.runAsync(() -> TorchEngine.narrow(1), thread).join();
  }

  /** Waits for the work, and throws what it throws. */
  <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, thread).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw (Error) e.getCause();
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
