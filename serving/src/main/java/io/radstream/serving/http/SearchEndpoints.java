package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.access.Access;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.OverloadedException;
import io.radstream.serving.search.CheckpointIndex;
import io.radstream.serving.search.Neighbours;
import io.radstream.serving.search.NoIndexException;
import io.radstream.serving.search.StudySearch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code /v1/search}: studies and reports that are near a study or a sentence. */
final class SearchEndpoints implements EndpointGroup {

  static final String SEARCH = "/v1/search";

  private static final int MOST_AT_ONCE = 16;

  private final Optional<StudySearch> search;
  private final ScoringCall calls;
  private final StudyRequest requests;
  private final RequestMeters meters;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * @param search empty where there is none
   */
  SearchEndpoints(
      Optional<StudySearch> search,
      ScoringCall calls,
      StudyRequest requests,
      RequestMeters meters) {
    this.search = search;
    this.calls = calls;
    this.requests = requests;
    this.meters = meters;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(HttpMethod.POST, SEARCH, StudyRequest.ACCEPTED, this::answer)
            .needing(Access.SCORE));
  }

  private void answer(RoutingContext context) {
    AskedNeighbours asked = AskedNeighbours.of(context);
    CheckpointIndex index = hold();
    context.put(AuditTrail.CHECKPOINT, index.identity().checkpointId());
    try {
      find(context, index, asked.count())
          .onComplete(done -> index.release())
          .onSuccess(found -> send(context, found, asked, index))
          .onFailure(failure -> ScoringCall.fail(context, failure));
    } catch (RuntimeException e) {
      index.release();
      throw e;
    }
  }

  private CheckpointIndex hold() {
    try {
      return search
          .orElseThrow(
              () ->
                  new ProblemException(
                      Problem.of(
                          HttpResponseStatus.SERVICE_UNAVAILABLE.code(),
                          "no_index",
                          "this service indexes no studies; it does with serve --search")))
          .hold();
    } catch (NoIndexException e) {
      throw new ProblemException(
          Problem.tryAgain(HttpResponseStatus.SERVICE_UNAVAILABLE, "no_index", e.getMessage()));
    }
  }

  private Future<Neighbours> find(RoutingContext context, CheckpointIndex index, int count) {
    if (MediaTypes.of(context).equals(StudyRequest.MULTIPART)) {
      return nearViews(context, index, count, requests.views(context));
    }
    Buffer body = context.body().buffer();
    return beside(context, () -> SearchQuestion.read(requests, body))
        .compose(
            question ->
                question instanceof SearchQuestion.Sent sent
                    ? nearViews(context, index, count, sent::views)
                    : beside(context, () -> near(index, question, count)));
  }

  private Future<Neighbours> nearViews(
      RoutingContext context, CheckpointIndex index, int count, Supplier<StudyViews> views) {
    return calls
        .askBy(context, index::cast, Set.of(Capability.VECTORS), views)
        .compose(
            scored ->
                beside(context, () -> index.nearest(scored.vector(), count, scored.studyId())));
  }

  private static Neighbours near(CheckpointIndex index, SearchQuestion question, int count) {
    if (question instanceof SearchQuestion.Indexed indexed) {
      float[] vector = index.vector(indexed.studyId()).orElseThrow(SearchEndpoints::notIndexed);
      return index.nearest(vector, count, Optional.of(indexed.studyId()));
    }
    String text = ((SearchQuestion.Sentence) question).text();
    float[] vector = index.embed(text).orElseThrow(SearchEndpoints::readsNoText);
    return index.nearest(vector, count, Optional.empty());
  }

  private static ProblemException notIndexed() {
    return new ProblemException(
        Problem.of(
            HttpResponseStatus.NOT_FOUND.code(),
            "not_indexed",
            "no study of that id is in the index; send its views"));
  }

  private static ProblemException readsNoText() {
    return new ProblemException(
        Problem.of(
            HttpResponseStatus.CONFLICT.code(),
            "not_capable",
            "the checkpoint of the index reads no text"));
  }

  /** Work that would hold up all others on the caller's thread; no more than is allowed. */
  private <T> Future<T> beside(RoutingContext context, Callable<T> work) {
    if (!places.tryAcquire()) {
      return Future.failedFuture(
          new OverloadedException("%d searches are being done".formatted(MOST_AT_ONCE)));
    }
    return context.vertx().executeBlocking(work, false).onComplete(done -> places.release());
  }

  private void send(
      RoutingContext context, Neighbours found, AskedNeighbours asked, CheckpointIndex index) {
    long micros = TimeUnit.NANOSECONDS.toMicros(meters.elapsedNanos(context));
    Json.send(context, SearchAnswer.of(found, asked.reports(), index, micros / 1000.0));
  }
}
