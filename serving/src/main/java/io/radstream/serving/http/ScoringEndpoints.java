package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.StudyScorer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** {@code /v1/score} and {@code /v1/embed}: one request, one study. */
final class ScoringEndpoints implements EndpointGroup {

  static final String SCORE = "/v1/score";
  static final String EMBED = "/v1/embed";

  /** Of the views that were sent, how many differ, and which three the network saw. */
  private record Views(int distinct, List<Integer> used) {}

  private record Timing(double totalMillis) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ScoreAnswer(
      String studyId,
      Map<String, Double> probabilities,
      Map<String, String> scoredBy,
      ModelAnswer checkpoint,
      Views views,
      Timing timing) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SuppressWarnings("ArrayRecordComponent") // written out once, never compared
  private record EmbedAnswer(
      String studyId, float[] vector, ModelAnswer checkpoint, Views views, Timing timing) {}

  private final ScoringCall calls;
  private final StudyRequest requests;
  private final RequestMeters meters;

  ScoringEndpoints(StudyScorer scorer, StudyRequest requests, RequestMeters meters) {
    this.calls = new ScoringCall(scorer, meters);
    this.requests = requests;
    this.meters = meters;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        post(SCORE, Set.of(), ScoringEndpoints::score),
        post(EMBED, Set.of(Capability.VECTORS), ScoringEndpoints::embed));
  }

  /**
   * @param needed of the network that answers
   */
  private Endpoint post(
      String path, Set<Capability> needed, BiFunction<ScoredStudy, Timing, Object> answer) {
    return new Endpoint(HttpMethod.POST, path, StudyRequest.ACCEPTED, handler(needed, answer));
  }

  private Handler<RoutingContext> handler(
      Set<Capability> needed, BiFunction<ScoredStudy, Timing, Object> answer) {
    return context ->
        calls
            .ask(context, model(context), needed, requests.views(context))
            .onSuccess(scored -> Json.send(context, answer.apply(scored, timing(context))))
            .onFailure(failure -> fail(context, failure));
  }

  private static void fail(RoutingContext context, Throwable failure) {
    // Its client has gone.
    if (!(failure instanceof CancellationException)) {
      context.fail(failure);
    }
  }

  private static Optional<String> model(RoutingContext context) {
    return context.queryParam("model").stream().findFirst();
  }

  private Timing timing(RoutingContext context) {
    long micros = TimeUnit.NANOSECONDS.toMicros(meters.elapsedNanos(context));
    return new Timing(micros / 1000.0);
  }

  private static Object score(ScoredStudy scored, Timing timing) {
    return new ScoreAnswer(
        scored.studyId().orElse(null),
        scored.probabilities(),
        scoredBy(scored),
        ModelAnswer.of(scored.model()),
        views(scored),
        timing);
  }

  private static Map<String, String> scoredBy(ScoredStudy scored) {
    Map<String, String> names = new LinkedHashMap<>();
    scored
        .scoredBy()
        .forEach((finding, by) -> names.put(finding, by.name().toLowerCase(Locale.ROOT)));
    return names;
  }

  private static Object embed(ScoredStudy scored, Timing timing) {
    return new EmbedAnswer(
        scored.studyId().orElse(null),
        scored.vector(),
        ModelAnswer.of(scored.model()),
        views(scored),
        timing);
  }

  private static Views views(ScoredStudy scored) {
    return new Views(scored.distinctViews(), scored.selection());
  }
}
