package io.radstream.serving.score;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores studies one request at a time, from encoded images to probabilities: at most {@link
 * BatchLimits#maxWaiting} are let in, their images are decoded on as many threads as there are
 * cores, and the network sees them in batches. A request ends on the model that was live when it
 * began. Thread-safe; never blocks the caller.
 */
public final class StudyScorer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StudyScorer.class);

  private final ModelSlot slot;
  private final BatchLimits limits;
  private final MicroBatcher batcher;
  private final ExecutorService decoders;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger threads = new AtomicInteger();
  private volatile boolean closed;

  public StudyScorer(ModelSlot slot, BatchLimits limits, MeterRegistry meters) {
    this.slot = slot;
    this.limits = limits;
    DistributionSummary sizes =
        DistributionSummary.builder("radstream.batch.size")
            .description("Studies in one pass through the network")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32)
            .register(meters);
    Gauge.builder("radstream.queue.depth", waiting, AtomicInteger::get)
        .description("Studies let in and not answered yet")
        .register(meters);
    this.batcher = new MicroBatcher(limits, meters.config().clock(), sizes::record);
    this.decoders =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), this::decoder);
  }

  private Thread decoder(Runnable work) {
    Thread thread = new Thread(work, "decode-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * @param views reads the request; called on a decoding thread, its exceptions are passed on
   * @return fails with {@link OverloadedException}, {@link NoModelException} or {@link
   *     UnusableViewException}, each possibly as the cause of a CompletionException
   */
  public CompletableFuture<ScoredStudy> score(Supplier<StudyViews> views) {
    if (waiting.incrementAndGet() > limits.maxWaiting()) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(
          new OverloadedException(limits.maxWaiting() + " studies are waiting already"));
    }
    ModelSlot.Lease lease = slot.lease().orElse(null);
    if (lease == null) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(new NoModelException());
    }
    return prepared(lease.model(), views)
        .thenCompose(input -> batcher.submit(lease.model(), input))
        .whenComplete(
            (scored, failure) -> {
              // Closing the last lease closes the model, which may fail.
              waiting.decrementAndGet();
              lease.close();
            });
  }

  private CompletableFuture<StudyInput> prepared(ScoringModel model, Supplier<StudyViews> views) {
    try {
      return CompletableFuture.supplyAsync(() -> prepare(model, views), decoders);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(stopped());
    }
  }

  private StudyInput prepare(ScoringModel model, Supplier<StudyViews> views) {
    if (closed) {
      throw stopped();
    }
    return model.prepare(views.get());
  }

  private static IllegalStateException stopped() {
    return new IllegalStateException("the service has stopped");
  }

  /** Studies in hand fail, every one of them; call when none is. */
  @Override
  public void close() {
    closed = true;
    // Those that wait for a decoder are told by it, and so it must not drop them.
    decoders.shutdown();
    try {
      while (!decoders.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("images are still being decoded");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    batcher.close();
  }
}
