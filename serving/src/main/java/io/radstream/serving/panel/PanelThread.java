package io.radstream.serving.panel;

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

  private final ExecutorService thread = Executors.newSingleThreadExecutor(PanelThread::daemon);

  /**
   * Waits until the thread is ready; the engine must have been started, and nothing compute yet.
   */
  PanelThread() {
    CompletableFuture.runAsync(() -> TorchEngine.narrow(1), thread).join();
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it, but that answers come first
  private static Thread daemon(Runnable work) {
    Thread made = new Thread(work, "panel");
    made.setDaemon(true);
    made.setPriority(Thread.MIN_PRIORITY);
    return made;
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
