package io.radstream.serving.score;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores studies one request at a time, from encoded images to probabilities: at most {@link
 * BatchLimits#maxWaiting} are let in, their images are decoded on as many threads as there are
 * cores, and the network sees them in batches. A request ends on a model that answered when it
 * began; a shadow sees the study when that is done. Thread-safe; never blocks the caller.
 */
public final class StudyScorer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StudyScorer.class);

  private final Models models;
  private final BatchLimits limits;
  private final AnswerObserver observer;
  private final MicroBatcher batcher;
  private final ShadowScorer shadows;
  private final ShadowScorer canaries;
  private final LoadShare canaryShare = new LoadShare();
  private final ExecutorService decoders;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger threads = new AtomicInteger();
  private volatile boolean closed;

  /** Without an observer. */
  public StudyScorer(Models models, BatchLimits limits, MeterRegistry meters) {
    this(models, limits, meters, AnswerObserver.NONE);
  }

  /**
   * @param observer told of every answer
   */
  public StudyScorer(
      Models models, BatchLimits limits, MeterRegistry meters, AnswerObserver observer) {
    this.models = models;
    this.limits = limits;
    this.observer = observer;
    DistributionSummary sizes =
        DistributionSummary.builder("radstream.batch.size")
            .description("Studies in one pass through the network")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32)
            .register(meters);
    Gauge.builder("radstream.queue.depth", waiting, AtomicInteger::get)
        .description("Studies let in and not answered yet")
        .register(meters);
    this.batcher = new MicroBatcher(limits, meters.config().clock(), sizes::record);
    this.shadows = new ShadowScorer("shadow", meters);
    this.canaries = new ShadowScorer("canary", meters);
    this.decoders =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), this::decoder);
  }

  private Thread decoder(Runnable work) {
    Thread thread = new Thread(work, "decode-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A study that is ready for the model that answers for it.
   *
   * @param views for a shadow that must prepare it by itself; encoded images may be large
   */
  private record Prepared(ScoringModel model, StudyInput input, Optional<StudyViews> views) {}

  /** The same, for a request that needs nothing but the probabilities that every model gives. */
  public CompletableFuture<ScoredStudy> score(Supplier<StudyViews> views) {
    return score(Set.of(), views);
  }

  /**
   * @param needed what the answer is to be made of
   * @param views reads the request; called on a decoding thread, its exceptions are passed on
   * @return fails with {@link OverloadedException}, {@link NoModelException}, {@link
   *     NotCapableException} or {@link UnusableViewException}, each possibly as the cause of a
   *     CompletionException
   */
  public CompletableFuture<ScoredStudy> score(Set<Capability> needed, Supplier<StudyViews> views) {
    return score(Optional.empty(), needed, views);
  }

  /**
   * The same by a model of the caller's choice.
   *
   * @param model see {@link Models#cast(String)}; else the one that answers for the study
   * @return may also fail with {@link NoSuchModelException}
   */
  public CompletableFuture<ScoredStudy> score(
      Optional<String> model, Set<Capability> needed, Supplier<StudyViews> views) {
    if (waiting.incrementAndGet() > limits.maxWaiting()) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(
          new OverloadedException(limits.maxWaiting() + " studies are waiting already"));
    }
    Models.Cast cast = model.map(models::cast).orElseGet(models::cast).orElse(null);
    if (cast == null) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(noModel(model));
    }
    return prepared(cast, needed, views)
        .thenCompose(prepared -> answer(cast, prepared))
        .whenComplete(
            (scored, failure) -> {
              // Closing the last lease closes the model, which may fail.
              waiting.decrementAndGet();
              cast.close();
            });
  }

  private RuntimeException noModel(Optional<String> named) {
    List<String> names = models.names();
    return named.isEmpty() || names.isEmpty()
        ? new NoModelException()
        : new NoSuchModelException(names);
  }

  private CompletableFuture<Prepared> prepared(
      Models.Cast cast, Set<Capability> needed, Supplier<StudyViews> views) {
    try {
      return CompletableFuture.supplyAsync(() -> prepare(cast, needed, views), decoders);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(stopped());
    } catch (RuntimeException | Error e) {
      // Such as where the system gives no further thread.
      return CompletableFuture.failedFuture(e);
    }
  }

  private Prepared prepare(
      Models.Cast cast, Set<Capability> needed, Supplier<StudyViews> supplier) {
    if (closed) {
      throw stopped();
    }
    StudyViews views = supplier.get();
    ScoringModel model = cast.answering(needed, views::key);
    for (Capability capability : needed) {
      if (!model.capabilities().contains(capability)) {
        throw new NotCapableException(model.identity(), capability);
      }
    }
    StudyInput input = model.prepare(views);
    return new Prepared(
        model, input, cast.isAnyOfAnotherSize(input) ? Optional.of(views) : Optional.empty());
  }

  private static IllegalStateException stopped() {
    return new IllegalStateException("the service has stopped");
  }

  private CompletableFuture<ScoredStudy> answer(Models.Cast cast, Prepared study) {
    return batcher
        .submit(study.model, study.input)
        .whenComplete((answer, failure) -> tell(study.model.identity(), failure))
        .thenApply(
            answer -> {
              scoreBeside(cast, study, answer);
              return answer;
            });
  }

  /** A shadow is measured by the live model's answers only, whoever has answered. */
  private void scoreBeside(Models.Cast cast, Prepared study, ScoredStudy answer) {
    canaryShare.answered();
    Optional<Models.Lease> live = cast.liveBeside(study.model);
    Consumer<ScoredStudy> ofShadow =
        live.isPresent() ? mine -> {} : mine -> observer.compared(answer, mine);
    cast.shadow()
        .ifPresent(shadow -> shadows.scoreToo(shadow, study.input, study.views, answer, ofShadow));
    live.ifPresent(lease -> scoreByLiveToo(lease, study, answer));
  }

  private void scoreByLiveToo(Models.Lease live, Prepared study, ScoredStudy answer) {
    if (canaryShare.take()) {
      canaries.scoreToo(
          live, study.input, study.views, answer, mine -> observer.compared(mine, answer));
    } else {
      live.close();
    }
  }

  /** What ends by the end of the service or of a request is nothing that the model did. */
  private void tell(ModelIdentity model, Throwable failure) {
    try {
      if (failure == null) {
        observer.answered(model);
      } else if (!closed
          && !(failure instanceof CancellationException)
          && !(failure instanceof TimeoutException)) {
        observer.failed(model, failure);
      }
    } catch (RuntimeException | Error e) {
      // Whoever waits for the answer has nothing to do with it.
      LOG.atError().setCause(e).log("an answer could not be counted");
    }
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
    shadows.close();
    canaries.close();
  }
}
