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
 * The one thread here is the only one that computes answers on the device. Who submits bounds how
 * many may wait; see {@link StudyScorer}.
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

  /** Taken from the queue to begin the next batch with; the worker's. */
  private Task next;

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
    try {
      while (!closed) {
        answerNext();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      if (next != null) {
        queue.add(next);
      }
      abandon();
    }
  }

  /** The thread must outlive whatever goes wrong with a batch, as in the native library. */
  private void answerNext() throws InterruptedException {
    List<Task> batch = new ArrayList<>(limits.maxSize());
    batch.add(next != null ? next : queue.take());
    next = null;
    try {
      fill(batch);
      batchSizes.accept(batch.size());
      score(batch);
    } catch (RuntimeException | Error e) {
      batch.forEach(task -> task.result.completeExceptionally(e));
    }
  }

  /** Adds what arrives within the delay; a study that holds another model ends the batch. */
  private void fill(List<Task> batch) {
    long deadline = clock.monotonicTime() + limits.maxDelay().toNanos();
    try {
      while (batch.size() < limits.maxSize()) {
        long left = deadline - clock.monotonicTime();
        Task task = queue.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
        if (task == null) {
          return;
        }
        if (task.model != batch.get(0).model) {
          next = task;
          return;
        }
        batch.add(task);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts; what has been gathered is still answered.
      closed = true;
    }
  }

  private static void score(List<Task> batch) {
    List<ScoredStudy> scored = batch.get(0).model.score(batch.stream().map(Task::input).toList());
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).result.complete(scored.get(i));
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
