package io.radstream.cli.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Publishes on a thread of its own, while something else is watched. */
final class BackgroundPublishing {

  private final FutureTask<?> task;
  private final Thread thread;

  BackgroundPublishing(Callable<?> publishing) {
    this.task = new FutureTask<>(publishing);
    this.thread = new Thread(task, "bench-publish");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * @throws IOException where publishing failed
   */
  void finish() throws IOException, InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new IOException("publishing failed: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
