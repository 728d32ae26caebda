package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.access.Access;
import io.radstream.serving.receipt.Receipt;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.StudyScorer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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
      Map<String, Double> rawProbabilities,
      Map<String, String> scoredBy,
      ReadingAnswer.Calibrated calibration,
      ReadingAnswer.Familiar familiarity,
      ModelAnswer checkpoint,
      Views views,
      Timing timing,
      Receipt receipt) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SuppressWarnings("ArrayRecordComponent") // written out once, never compared
  private record EmbedAnswer(
      String studyId, float[] vector, ModelAnswer checkpoint, Views views, Timing timing) {}

  /** Makes the answer's body. */
  @FunctionalInterface
  private interface Answer {

    Object of(ScoredStudy scored, Optional<Receipt> receipt, Timing timing);
  }

  private final ScoringCall calls;
  private final FindingSets findings;
  private final StudyRequest requests;
  private final RequestMeters meters;
  private final Receipts receipts;

  ScoringEndpoints(
      StudyScorer scorer,
      FindingSets findings,
      StudyRequest requests,
      RequestMeters meters,
      Receipts receipts) {
    this.calls = new ScoringCall(scorer, meters);
    this.findings = findings;
    this.requests = requests;
    this.meters = meters;
    this.receipts = receipts;
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
  private Endpoint post(String path, Set<Capability> needed, Answer answer) {
    return new Endpoint(HttpMethod.POST, path, StudyRequest.ACCEPTED, handler(needed, answer))
        .needing(Access.SCORE);
  }

  private Handler<RoutingContext> handler(Set<Capability> needed, Answer answer) {
    return context -> {
      String set = findings(context);
      RequestMeters.asks(context, set);
      Set<Capability> all = new HashSet<>(needed);
      all.addAll(findings.needed(set));
      AskedReceipt asked = AskedReceipt.of(context, receipts);
      calls
          .ask(context, model(context), all, asked.noting(requests.views(context)))
          .map(scored -> scored.by(set))
          .compose(
              scored ->
                  asked
                      .given(context, scored, set)
                      .onSuccess(receipt -> send(context, scored, receipt, answer)))
          .onFailure(failure -> ScoringCall.fail(context, failure));
    };
  }

  private String findings(RoutingContext context) {
    List<String> asked =
        RequestMeters.route(context).equals(SCORE) ? context.queryParam("findings") : List.of();
    String set = asked.isEmpty() ? FindingSets.ALL : asked.get(0);
    if (asked.size() > 1 || !findings.has(set)) {
      throw new ProblemException(
          Problem.badRequest(
              "unknown_findings",
              "findings names one of the sets that GET /v2/models lists, or is absent for all"));
    }
    return set;
  }

  private static Optional<String> model(RoutingContext context) {
    return context.queryParam("model").stream().findFirst();
  }

  private void send(
      RoutingContext context, ScoredStudy scored, Optional<Receipt> receipt, Answer answer) {
    context.put(AuditTrail.CHECKPOINT, scored.model().checkpointId());
    Json.send(context, answer.of(scored, receipt, timing(context)));
  }

  private Timing timing(RoutingContext context) {
    long micros = TimeUnit.NANOSECONDS.toMicros(meters.elapsedNanos(context));
    return new Timing(micros / 1000.0);
  }

  private static Object score(ScoredStudy scored, Optional<Receipt> receipt, Timing timing) {
    return new ScoreAnswer(
        scored.studyId().orElse(null),
        scored.reading().probabilities(),
        scored.probabilities(),
        scoredBy(scored),
        ReadingAnswer.Calibrated.of(scored.reading()),
        ReadingAnswer.Familiar.of(scored.reading()),
        ModelAnswer.of(scored.model()),
        views(scored),
        timing,
        receipt.orElse(null));
  }

  private static Map<String, String> scoredBy(ScoredStudy scored) {
    Map<String, String> names = new LinkedHashMap<>();
    scored
        .scoredBy()
        .forEach((finding, by) -> names.put(finding, by.name().toLowerCase(Locale.ROOT)));
    return names;
  }

  private static Object embed(ScoredStudy scored, Optional<Receipt> unused, Timing timing) {
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
