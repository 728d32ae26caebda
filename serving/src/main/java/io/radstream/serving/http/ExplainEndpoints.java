package io.radstream.serving.http;

import io.radstream.serving.access.Access;
import io.radstream.serving.explain.ExplainedStudy;
import io.radstream.serving.explain.StudyExplainer;
import io.radstream.serving.score.InvalidQuestionException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /v1/explain}: where in a study a score comes from. */
final class ExplainEndpoints implements EndpointGroup {

  private static final String EXPLAIN = "/v1/explain";

  private final StudyExplainer explainer;
  private final StudyRequest requests;
  private final RequestMeters meters;

  ExplainEndpoints(StudyExplainer explainer, StudyRequest requests, RequestMeters meters) {
    this.explainer = explainer;
    this.requests = requests;
    this.meters = meters;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(HttpMethod.POST, EXPLAIN, StudyRequest.ACCEPTED, this::explain)
            .needing(Access.SCORE));
  }

  private void explain(RoutingContext context) {
    ExplainRequest asked = ExplainRequest.of(context);
    Optional<Duration> patience = RequestTimeout.of(context.request());
    CompletableFuture<ExplainedStudy> answer =
        explainer.explain(
            context.queryParam("model").stream().findFirst(),
            requests.views(context),
            asked.question());
    context.addEndHandler(ended -> answer.cancel(false));
    patience.ifPresent(
        all ->
            ScoringCall.limit(
                context.vertx(), answer, all.toNanos() - meters.elapsedNanos(context)));
    Future.fromCompletionStage(answer, context.vertx().getOrCreateContext())
        .compose(study -> context.vertx().executeBlocking(() -> text(study, asked), false))
        .onSuccess(text -> send(context, answer, text))
        .onFailure(failure -> fail(context, failure));
  }

  /** Pictures are drawn on the way, which takes too long for a thread that all requests share. */
  private static String text(ExplainedStudy study, ExplainRequest asked) {
    return Json.text(ExplainAnswer.of(study, asked));
  }

  private static void send(
      RoutingContext context, CompletableFuture<ExplainedStudy> answer, String text) {
    context.put(AuditTrail.CHECKPOINT, answer.join().model().checkpointId());
    context
        .response()
        .putHeader("Content-Type", Json.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store")
        .end(text);
  }

  private static void fail(RoutingContext context, Throwable failure) {
    ScoringCall.fail(
        context,
        failure instanceof InvalidQuestionException
            ? new ProblemException(Problem.badRequest("bad_question", failure.getMessage()))
            : failure);
  }
}
