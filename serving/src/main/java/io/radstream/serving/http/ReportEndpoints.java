package io.radstream.serving.http;

import io.radstream.serving.access.Access;
import io.radstream.serving.write.ReportWriter;
import io.radstream.serving.write.WrittenReport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** {@code /v1/report}: the report that a network finds probable for a study. */
final class ReportEndpoints implements EndpointGroup {

  private static final String REPORT = "/v1/report";

  private final ReportWriter writer;
  private final StudyRequest requests;
  private final RequestMeters meters;
  private final Duration silence;

  /**
   * @param silence after so long something is sent to who waits for a stream
   */
  ReportEndpoints(
      ReportWriter writer, StudyRequest requests, RequestMeters meters, Duration silence) {
    this.writer = writer;
    this.requests = requests;
    this.meters = meters;
    this.silence = silence;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(HttpMethod.POST, REPORT, StudyRequest.ACCEPTED, this::report)
            .needing(Access.SCORE));
  }

  private void report(RoutingContext context) {
    ReportRequest asked = ReportRequest.of(context);
    if (asked.streamed()) {
      ReportStream stream = new ReportStream(context, silence);
      Context loop = context.vertx().getOrCreateContext();
      write(context, asked, piece -> loop.runOnContext(now -> stream.piece(piece)))
          .onSuccess(report -> stream.end(answer(context, report)));
    } else {
      write(context, asked, piece -> {})
          .onSuccess(report -> Json.send(context, answer(context, report)));
    }
  }

  /** Nothing is written any more where the client has gone, or waits no longer. */
  private Future<WrittenReport> write(
      RoutingContext context, ReportRequest asked, Consumer<String> pieces) {
    Optional<Duration> patience = RequestTimeout.of(context.request());
    CompletableFuture<WrittenReport> answer =
        writer.write(
            context.queryParam("model").stream().findFirst(),
            requests.views(context),
            asked.question(),
            pieces);
    context.addEndHandler(ended -> answer.cancel(false));
    patience.ifPresent(
        all ->
            ScoringCall.limit(
                context.vertx(), answer, all.toNanos() - meters.elapsedNanos(context)));
    return Future.fromCompletionStage(answer, context.vertx().getOrCreateContext())
        .onFailure(failure -> ScoringCall.fail(context, failure));
  }

  private static ReportAnswer answer(RoutingContext context, WrittenReport report) {
    context.put(AuditTrail.CHECKPOINT, report.model().checkpointId());
    return ReportAnswer.of(report);
  }
}
