package io.radstream.serving.score;

import io.micrometer.core.instrument.Clock;
import io.radstream.radiology.study.StudyInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Gathers studies that arrive close together, so that one pass through the network serves them all.
 * The one thread here is the only one that scores on the device. Who submits bounds how many may
 * wait; see {@link StudyScorer}.
 */
final class MicroBatcher implements AutoCloseable {

  private record Task(
      ScoringModel model, StudyInput input, CompletableFuture<ScoredStudy> result) {}

  private final BatchLimits limits;
  private final Clock clock;
  private final IntConsumer batchSizes;
  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final Thread worker = new Thread(this::run, "device");
  private volatile boolean closed;

  /**
   * @param clock for the monotonic time of {@link BatchLimits#maxDelay}
   * @param batchSizes told the size of every batch
   */
  MicroBatcher(BatchLimits limits, Clock clock, IntConsumer batchSizes) {
    this.limits = limits;
    this.clock = clock;
    this.batchSizes = batchSizes;
    worker.setDaemon(true);
    worker.start();
  }

  /** The caller keeps the model open until the result is there. */
  CompletableFuture<ScoredStudy> submit(ScoringModel model, StudyInput input) {
    Task task = new Task(model, input, new CompletableFuture<>());
    queue.add(task);
    if (closed) {
      abandon();
    }
    return task.result;
  }

  private void run() {
    Task next = null;
    try {
      while (!closed) {
        List<Task> batch = new ArrayList<>();
        batch.add(next != null ? next : queue.take());
        next = fill(batch);
        score(batch);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    if (next != null) {
      queue.add(next);
    }
  }

  /**
   * Adds what arrives within the delay; a study that holds another model ends the batch.
   *
   * @return that study, to begin the next batch with, or null
   */
  private Task fill(List<Task> batch) {
    long deadline = clock.monotonicTime() + limits.maxDelay().toNanos();
    try {
      while (batch.size() < limits.maxSize()) {
        long left = deadline - clock.monotonicTime();
        Task next = queue.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
        if (next == null || next.model != batch.get(0).model) {
          return next;
        }
        batch.add(next);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts; what has been gathered is still answered.
      closed = true;
    }
    return null;
  }

  private void score(List<Task> batch) {
    batchSizes.accept(batch.size());
    try {
      List<ScoredStudy> scored = batch.get(0).model.score(batch.stream().map(Task::input).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result.complete(scored.get(i));
      }
    } catch (RuntimeException | Error e) {
      // The thread must outlive whatever the native library throws.
      batch.forEach(task -> task.result.completeExceptionally(e));
    }
  }

  private void abandon() {
    for (Task task = queue.poll(); task != null; task = queue.poll()) {
      task.result.completeExceptionally(new IllegalStateException("the service has stopped"));
    }
  }

  @Override
  public void close() {
    closed = true;
    worker.interrupt();
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    abandon();
  }
}
