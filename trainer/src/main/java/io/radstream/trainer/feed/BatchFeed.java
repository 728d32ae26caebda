package io.radstream.trainer.feed;

import io.radstream.model.StudyBatch;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes batches ahead of time on worker threads and hands them out in the order of the steps. The
 * batches are the same whatever the number of workers. {@link #take} is for one thread.
 */
public final class BatchFeed implements AutoCloseable {

  private final BatchSource source;
  private final long endStep;
  private final ExecutorService workers;
  private final Queue<Future<StudyBatch>> ahead = new ArrayDeque<>();
  private long nextStep;

  /**
   * @param firstStep whose batch the first {@link #take} gives
   * @param endStep exclusive
   * @param workers threads
   * @param prefetch most batches made ahead
   */
  public BatchFeed(BatchSource source, long firstStep, long endStep, int workers, int prefetch) {
    this.source = source;
    this.nextStep = firstStep;
    this.endStep = endStep;
    this.workers =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "batch-feed");
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < prefetch; i++) {
      makeNext();
    }
  }

  /**
   * The next batch; waits where it is not ready.
   *
   * @throws java.util.NoSuchElementException after the last step
   */
  public StudyBatch take() throws InterruptedException {
    Future<StudyBatch> next = ahead.remove();
    makeNext();
    try {
      return next.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("cannot make a batch: " + e.getCause(), e.getCause());
    }
  }

  private void makeNext() {
    if (nextStep < endStep) {
      long step = nextStep++;
      ahead.add(workers.submit(() -> source.make(step)));
    }
  }

  /** Drops what was made ahead; does not wait for the workers to notice. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
