package io.radstream.radiology.study;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Parts of one work, which whoever has time takes in turn. Who wants the results takes part, so
 * that it never waits for a helper to begin.
 */
final class SharedWork<T> {

  private final List<FutureTask<T>> parts;
  private final AtomicInteger next = new AtomicInteger();

  SharedWork(List<Callable<T>> parts) {
    this.parts = parts.stream().map(FutureTask::new).toList();
  }

  private void takePart() {
    for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
      parts.get(i).run();
    }
  }

  /**
   * The results in the order of the parts.
   *
   * @throws RuntimeException of the first part that failed, as it was thrown
   */
  List<T> results(Executor helpers) {
    call(helpers);
    takePart();
    return parts.stream().map(SharedWork::result).toList();
  }

  private void call(Executor helpers) {
    try {
      for (int i = 1; i < parts.size(); i++) {
        helpers.execute(this::takePart);
      }
    } catch (RejectedExecutionException e) {
      // Then without help.
    }
  }

  private static <T> T result(FutureTask<T> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a view was decoded", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
