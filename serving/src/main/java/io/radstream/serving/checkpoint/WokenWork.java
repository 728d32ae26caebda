package io.radstream.serving.checkpoint;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done on one thread, at least once after each time it is woken; several wakes may
 * share a run. Thread-safe.
 */
final class WokenWork {

  private static final Logger LOG = LoggerFactory.getLogger(WokenWork.class);

  private final Executor thread;
  private final Runnable work;
  private final AtomicInteger wakes = new AtomicInteger();

  /**
   * @param thread a single one, or the caller's own
   * @param work to be done as far as there is something to do; throws nothing
   */
  WokenWork(Executor thread, Runnable work) {
    this.thread = thread;
    this.work = work;
  }

  /** Returns at once, unless the thread is the caller's. */
  void wake() {
    if (wakes.getAndIncrement() == 0) {
      try {
        thread.execute(this::run);
      } catch (RejectedExecutionException e) {
        LOG.debug("nothing is done any more");
      }
    }
  }

  private void run() {
    int seen;
    do {
      seen = wakes.get();
      work.run();
    } while (!wakes.compareAndSet(seen, 0));
  }
}
