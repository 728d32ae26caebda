package io.radstream.producers.publish;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Who makes parts into records.
 *
 * @param ahead how many parts may be under way
 */
record Workers(Executor executor, int ahead, Runnable end) implements AutoCloseable {

  /** Parts under way for each thread: enough that none waits for another's. */
  private static final int AHEAD = 4;

  /** Whoever hands a part over. */
  static Workers callers() {
    return new Workers(Runnable::run, Integer.MAX_VALUE, () -> {});
  }

  /**
   * @param number of threads, at least 1
   */
  static Workers threads(int number) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            number,
            task -> {
              Thread thread = new Thread(task, "publish-worker");
              thread.setDaemon(true);
              return thread;
            });
    return new Workers(pool, number * AHEAD, pool::shutdown);
  }

  @Override
  public void close() {
    end.run();
  }
}
