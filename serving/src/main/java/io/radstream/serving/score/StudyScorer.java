package io.radstream.serving.score;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores studies one request at a time, from encoded images to probabilities: no more are let in
 * than {@link BatchLimits} allow, their images are decoded on as many threads as there are cores,
 * and the network sees them in batches. A request ends on a model that answered when it began; a
 * shadow sees the study when that is done. Thread-safe; never blocks the caller.
 */
public final class StudyScorer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StudyScorer.class);

  private final Models models;
  private final Admission admission;
  private final ScoringWay way;
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
    Clock clock = meters.config().clock();
    this.models = models;
    this.admission = new Admission(limits, clock);
    ScoringMeters own = new ScoringMeters(meters, admission);
    int cores = Runtime.getRuntime().availableProcessors();
    this.way =
        new ScoringWay(
            new ThreadPoolExecutor(
                cores, cores, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::decoder),
            new MicroBatcher(limits, clock, own),
            new BesideScoring(observer, meters, () -> closed),
            own,
            clock,
            () -> closed);
  }

  private Thread decoder(Runnable work) {
    Thread thread = new Thread(work, "decode-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** The same, for a request that needs nothing but the probabilities that every model gives. */
  public CompletableFuture<ScoredStudy> score(Supplier<StudyViews> views) {
    return score(Set.of(), views);
  }

  /** The same on no terms. */
  public CompletableFuture<ScoredStudy> score(Set<Capability> needed, Supplier<StudyViews> views) {
    return score(Optional.empty(), needed, views, Terms.NONE);
  }

  /**
   * @param model of the caller's choice, see {@link Models#cast(String)}; else the one that answers
   *     for the study
   * @param needed what the answer is to be made of
   * @param views reads the request; called on a decoding thread, its exceptions are passed on
   * @return fails with {@link OverloadedException}, {@link NoModelException}, {@link
   *     NoSuchModelException}, {@link NotCapableException}, {@link DeadlineExceededException} or
   *     {@link UnusableViewException}, each possibly as the cause of a CompletionException. The
   *     caller may complete it, as by cancelling it: what has not begun then is not done
   */
  public CompletableFuture<ScoredStudy> score(
      Optional<String> model, Set<Capability> needed, Supplier<StudyViews> views, Terms terms) {
    return score(
        () -> model.map(models::cast).orElseGet(models::cast),
        () -> noModel(model),
        new StudyInHand.Question(needed, views, terms));
  }

  /**
   * The same by models that the caller has chosen.
   *
   * @param cast asked once there is room for the study, and closed with its end; empty where there
   *     is none any more
   */
  public CompletableFuture<ScoredStudy> scoreBy(
      Supplier<Optional<Models.Cast>> cast,
      Set<Capability> needed,
      Supplier<StudyViews> views,
      Terms terms) {
    return score(cast, NoModelException::new, new StudyInHand.Question(needed, views, terms));
  }

  private CompletableFuture<ScoredStudy> score(
      Supplier<Optional<Models.Cast>> casts,
      Supplier<RuntimeException> none,
      StudyInHand.Question question) {
    Admission.Place place;
    try {
      place = admission.enter(question.terms().bytes());
    } catch (OverloadedException e) {
      return failed(e);
    }
    Models.Cast cast = casts.get().orElse(null);
    if (cast == null) {
      place.leave(false);
      return failed(none.get());
    }
    return new StudyInHand(way, cast, place, question).start();
  }

  private RuntimeException noModel(Optional<String> named) {
    List<String> names = models.names();
    return named.isEmpty() || names.isEmpty()
        ? new NoModelException()
        : new NoSuchModelException(names);
  }

  private CompletableFuture<ScoredStudy> failed(RuntimeException reason) {
    way.meters().count(reason);
    return CompletableFuture.failedFuture(reason);
  }

  /** Studies in hand fail, every one of them; call when none is. */
  @Override
  public void close() {
    closed = true;
    // Those that wait for a decoder are told by it, and so it must not drop them.
    way.decoders().shutdown();
    try {
      while (!way.decoders().awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("images are still being decoded");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    way.batcher().close();
    way.beside().close();
  }
}
