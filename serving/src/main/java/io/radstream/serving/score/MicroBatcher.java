package io.radstream.serving.score;

import io.micrometer.core.instrument.Clock;
import io.radstream.radiology.study.StudyInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers studies that arrive close together, so that one pass through the network serves them all.
 * A pass begins as soon as the device is free, with all that is ready; it waits only for studies
 * that are on their way. One thread here is the only one that computes answers on the device;
 * another one reads what comes out, and tells whoever waits. Who submits bounds how many may wait;
 * see {@link StudyScorer}.
 */
final class MicroBatcher implements AutoCloseable {

  /** Told of every pass, by the device's thread. */
  @FunctionalInterface
  interface Observer {

    void begins(int studies);

    /**
     * @param nanos from the question to the pass, of each of its studies
     */
    default void waited(long nanos) {}

    /**
     * @param nanos of a pass that went well
     */
    default void ended(long nanos) {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(MicroBatcher.class);

  private final BatchLimits limits;
  private final Clock clock;
  private final Observer observer;
  private final DeviceQueue queue;
  private final ExecutorService readers = Executors.newSingleThreadExecutor(MicroBatcher::reader);
  private final Thread worker = new Thread(this::run, "device");
  private volatile boolean closed;

  /**
   * @param clock for the monotonic time of {@link BatchLimits#maxDelay} and of deadlines
   */
  MicroBatcher(BatchLimits limits, Clock clock, Observer observer) {
    this.limits = limits;
    this.clock = clock;
    this.observer = observer;
    this.queue = new DeviceQueue(clock);
    worker.setDaemon(true);
    worker.start();
  }

  /** A study is on its way: {@link #submit(DeviceTask)} or {@link #giveUp} follows. */
  void expect() {
    queue.expect();
  }

  /** A study that was expected will not come. */
  void giveUp() {
    queue.giveUp();
  }

  /**
   * A study that was expected has come. The caller keeps its model open until the result is there.
   */
  void submit(DeviceTask task) {
    if (!queue.add(task)) {
      refuse(task);
    }
  }

  /** The same, of a study that nobody expected. */
  CompletableFuture<ScoredStudy> submit(ScoringModel model, StudyInput input) {
    DeviceTask task = new DeviceTask(model, input, Patience.ENDLESS, clock.monotonicTime());
    expect();
    submit(task);
    return task.result();
  }

  /** Fails a study for which no pass has begun; the others are left as they are. */
  void withdraw(DeviceTask task, Throwable reason) {
    if (queue.remove(task)) {
      task.result().completeExceptionally(reason);
    }
  }

  private static Thread reader(Runnable work) {
    Thread thread = new Thread(work, "read-answers");
    thread.setDaemon(true);
    return thread;
  }

  private void run() {
    try {
      while (!closed) {
        answer(queue.take(limits.maxSize(), limits.maxDelay()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      queue.close().forEach(MicroBatcher::refuse);
    }
  }

  /** The thread must outlive whatever goes wrong with a batch, as in the native library. */
  private void answer(List<DeviceTask> taken) {
    try {
      List<DeviceTask> wanted = wanted(taken);
      if (!wanted.isEmpty()) {
        score(wanted);
      }
    } catch (RuntimeException | Error e) {
      taken.forEach(task -> task.result().completeExceptionally(e));
    }
  }

  /** No pass is spent on what nobody waits for. */
  private List<DeviceTask> wanted(List<DeviceTask> taken) {
    long now = clock.monotonicTime();
    List<DeviceTask> wanted = new ArrayList<>(taken.size());
    for (DeviceTask task : taken) {
      Optional<RuntimeException> over = task.patience().over(now);
      over.ifPresentOrElse(
          reason -> task.result().completeExceptionally(reason), () -> wanted.add(task));
    }
    return wanted;
  }

  private void score(List<DeviceTask> batch) {
    observer.begins(batch.size());
    long began = clock.monotonicTime();
    batch.forEach(task -> observer.waited(began - task.since()));
    SeenStudies seen = batch.get(0).model().see(batch.stream().map(DeviceTask::input).toList());
    observer.ended(clock.monotonicTime() - began);
    for (int i = 0; i < batch.size(); i++) {
      int row = i;
      CompletableFuture<?> unused =
          batch.get(i).result().completeAsync(() -> seen.read(row), readers);
    }
  }

  private static void refuse(DeviceTask task) {
    task.result().completeExceptionally(new IllegalStateException("the service has stopped"));
  }

  /** What has been taken is still answered. */
  @Override
  public void close() {
    closed = true;
    queue.close().forEach(MicroBatcher::refuse);
    try {
      worker.join();
      readers.shutdown();
      while (!readers.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("answers are still being read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
