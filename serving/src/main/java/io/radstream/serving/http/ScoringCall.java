package io.radstream.serving.http;

import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.DeadlineExceededException;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.StudyScorer;
import io.radstream.serving.score.Terms;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Has a study scored for as long as its client waits: until its deadline, and while its connection
 * is open.
 */
final class ScoringCall {

  private final StudyScorer scorer;
  private final RequestMeters meters;

  ScoringCall(StudyScorer scorer, RequestMeters meters) {
    this.scorer = scorer;
    this.meters = meters;
  }

  /**
   * Has the one study of a body scored.
   *
   * @param model of the client's choice
   * @return cancelled where the client goes; then there is nobody to answer
   */
  Future<ScoredStudy> ask(
      RoutingContext context,
      Optional<String> model,
      Set<Capability> needed,
      Supplier<StudyViews> views) {
    return Future.fromCompletionStage(
        begin(context, model, needed, views, StudyBody.bytes(context)),
        context.vertx().getOrCreateContext());
  }

  /**
   * The same by models that are chosen already.
   *
   * @param cast see {@link StudyScorer#scoreBy}
   */
  Future<ScoredStudy> askBy(
      RoutingContext context,
      Supplier<Optional<Models.Cast>> cast,
      Set<Capability> needed,
      Supplier<StudyViews> views) {
    return Future.fromCompletionStage(
        begin(
            context, terms -> scorer.scoreBy(cast, needed, views, terms), StudyBody.bytes(context)),
        context.vertx().getOrCreateContext());
  }

  /**
   * Has one of several studies scored.
   *
   * @param bytes that it takes, encoded
   */
  CompletableFuture<ScoredStudy> begin(
      RoutingContext context,
      Optional<String> model,
      Set<Capability> needed,
      Supplier<StudyViews> views,
      long bytes) {
    return begin(context, terms -> scorer.score(model, needed, views, terms), bytes);
  }

  private CompletableFuture<ScoredStudy> begin(
      RoutingContext context, Function<Terms, CompletableFuture<ScoredStudy>> scoring, long bytes) {
    Optional<Duration> patience = RequestTimeout.of(context.request());
    OptionalLong deadline =
        patience.isPresent()
            ? OptionalLong.of(meters.arrivedNanos(context) + patience.get().toNanos())
            : OptionalLong.empty();
    CompletableFuture<ScoredStudy> answer = scoring.apply(new Terms(bytes, deadline));
    context.addEndHandler(ended -> answer.cancel(false));
    patience.ifPresent(
        all -> limit(context.vertx(), answer, all.toNanos() - meters.elapsedNanos(context)));
    return answer;
  }

  /** Tells the client what went wrong, unless it has gone. */
  static void fail(RoutingContext context, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof CancellationException)) {
      context.fail(failure);
    }
  }

  static void limit(Vertx vertx, CompletableFuture<?> answer, long nanos) {
    long timer =
        vertx.setTimer(
            Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)),
            over -> answer.completeExceptionally(new DeadlineExceededException()));
    CompletableFuture<?> unused = answer.whenComplete((done, failure) -> vertx.cancelTimer(timer));
  }
}
