package io.radstream.serving.http;

import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.serving.inference.InferenceAnswer;
import io.radstream.serving.inference.InferenceBody;
import io.radstream.serving.inference.InferenceReader;
import io.radstream.serving.inference.InferenceRequest;
import io.radstream.serving.inference.InvalidInferenceException;
import io.radstream.serving.inference.ScoredStudies;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ScoredStudy;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Answers requests for inference: each study of one is a study of the scorer. */
final class InferenceHandler implements Handler<RoutingContext> {

  private static final String OCTETS = "application/octet-stream";

  /** The last is none at all: Triton's client names no type. */
  static final List<String> ACCEPTED = List.of(Json.MEDIA_TYPE, OCTETS, "");

  private final ScoringCall calls;
  private final AskedModels models;
  private final InferenceReader reader;

  InferenceHandler(ScoringCall calls, AskedModels models, InferenceReader reader) {
    this.calls = calls;
    this.models = models;
    this.reader = reader;
  }

  @Override
  public void handle(RoutingContext context) {
    AskedModel asked = models.of(context);
    RequestMeters.asks(context, asked.name());
    // Of megabytes of base64, which the loop of all connections must not wait for.
    context
        .vertx()
        .executeBlocking(() -> reader.read(body(context)), false)
        .compose(request -> answer(context, asked, request))
        .onSuccess(answer -> send(context, answer))
        .onFailure(failure -> ScoringCall.fail(context, failure));
  }

  private static InferenceBody body(RoutingContext context) {
    Buffer body = context.body().buffer();
    return new InferenceBody(
        body == null ? new byte[0] : body.getBytes(),
        Optional.ofNullable(context.request().getHeader(InferenceBody.HEADER_LENGTH)),
        Optional.ofNullable(context.request().getHeader("Content-Encoding")));
  }

  private Future<InferenceAnswer> answer(
      RoutingContext context, AskedModel asked, InferenceRequest request) {
    Set<Capability> needed = asked.needing(request.needed(asked.can()));
    List<CompletableFuture<ScoredStudy>> studies = new ArrayList<>();
    for (StudyViews study : request.studies()) {
      CompletableFuture<ScoredStudy> scored =
          calls.begin(context, asked.version(), needed, () -> study, bytes(study));
      studies.add(scored);
      if (scored.isCompletedExceptionally()) {
        // Most likely the queue is full, and those behind would not get in either.
        break;
      }
    }
    return Future.fromCompletionStage(all(studies), context.vertx().getOrCreateContext())
        .map(
            scored -> {
              context.put(AuditTrail.CHECKPOINT, checkpoints(scored));
              return ScoredStudies.of(scored.stream().map(study -> study.by(asked.name())).toList())
                  .answer(asked.name(), request, asked.can());
            });
  }

  /** More than one where a canary has answered some of the studies. */
  private static String checkpoints(List<ScoredStudy> scored) {
    return scored.stream()
        .map(study -> study.model().checkpointId())
        .distinct()
        .collect(Collectors.joining(AuditTrail.BETWEEN));
  }

  private static long bytes(StudyViews study) {
    return study.received().stream().mapToLong(view -> view.length).sum();
  }

  /** Waits for all, so that of several failures the first study's is told. */
  private static CompletableFuture<List<ScoredStudy>> all(
      List<CompletableFuture<ScoredStudy>> studies) {
    return CompletableFuture.allOf(studies.toArray(CompletableFuture[]::new))
        .handle(
            (done, failure) -> {
              List<ScoredStudy> scored = new ArrayList<>();
              for (CompletableFuture<ScoredStudy> study : studies) {
                scored.add(joined(study, scored.size() + 1));
              }
              return scored;
            });
  }

  private static ScoredStudy joined(CompletableFuture<ScoredStudy> study, int number) {
    try {
      return study.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnusableViewException unusable) {
        throw new InvalidInferenceException(
            "study %d, %s; send whole PNG or JPEG radiographs"
                .formatted(number, unusable.getMessage()));
      }
      throw e;
    }
  }

  private static void send(RoutingContext context, InferenceAnswer answer) {
    HttpServerResponse response = context.response();
    answer
        .headerLength()
        .ifPresent(
            length -> response.putHeader(InferenceBody.HEADER_LENGTH, Integer.toString(length)));
    response
        .putHeader("Content-Type", answer.headerLength().isPresent() ? OCTETS : Json.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(answer.bytes()));
  }
}
