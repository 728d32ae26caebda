package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.serving.inference.InvalidInferenceException;
import io.radstream.serving.inference.MixedAnswersException;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.DeadlineExceededException;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.NoSuchModelException;
import io.radstream.serving.score.NotCapableException;
import io.radstream.serving.score.OverloadedException;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a failed request with problem details; only what nobody foresaw is logged. */
final class ProblemHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
  private static final String LOOK_IN_OPENAPI = "; /openapi.yaml lists what there is";

  private final long maxBodyBytes;

  ProblemHandler(long maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * @param status that the router has found; the context's own is not set where routing failed
   */
  void handle(RoutingContext context, int status) {
    if (context.response().ended()) {
      return;
    }
    Problem problem = problem(context, status);
    if (context.response().headWritten()) {
      ReportStream.fail(context, problem);
      return;
    }
    context.response().setStatusCode(problem.status());
    Optional.ofNullable(problem.retryAfterSeconds())
        .ifPresent(seconds -> context.response().putHeader("Retry-After", seconds.toString()));
    send(context, problem);
  }

  /** Each protocol's clients look for errors in its own form. */
  private static void send(RoutingContext context, Problem problem) {
    if (context.request().uri().matches("/v2([/?].*)?")) {
      Json.send(context, Map.of("error", problem.detail()));
    } else {
      Json.send(context, Problem.MEDIA_TYPE, problem);
    }
  }

  private Problem problem(RoutingContext context, int status) {
    Throwable failure = context.failure();
    if (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    if (failure instanceof ProblemException known) {
      return known.problem();
    }
    if (failure instanceof UnusableViewException unusable) {
      return Problem.of(
          HttpResponseStatus.UNPROCESSABLE_ENTITY.code(),
          "unusable_image",
          unusable.getMessage() + "; send a whole PNG or JPEG radiograph");
    }
    if (failure instanceof InvalidInferenceException) {
      return Problem.badRequest("bad_inference", failure.getMessage());
    }
    if (failure instanceof MixedAnswersException) {
      return Problem.tryAgain(
          HttpResponseStatus.SERVICE_UNAVAILABLE, "mixed_answers", failure.getMessage());
    }
    if (failure instanceof NoModelException) {
      return Problem.tryAgain(
          HttpResponseStatus.SERVICE_UNAVAILABLE,
          "no_model",
          "no checkpoint is loaded yet; try again once the trainer has announced one"
              + " (/v1/models tells)");
    }
    if (failure instanceof NoSuchModelException) {
      return Problem.of(HttpResponseStatus.NOT_FOUND.code(), "no_such_model", failure.getMessage());
    }
    if (failure instanceof NotCapableException incapable) {
      return Problem.of(
          HttpResponseStatus.CONFLICT.code(),
          "not_capable",
          incapable.getMessage()
              + ": it was trained without "
              + lacking(incapable.missing())
              + ". Serve a checkpoint that was (serve --line)");
    }
    if (failure instanceof OverloadedException overloaded) {
      return Problem.tryAgain(
          HttpResponseStatus.TOO_MANY_REQUESTS,
          "overloaded",
          overloaded.getMessage() + "; try again after the time in Retry-After",
          overloaded.retryAfter());
    }
    if (failure instanceof DeadlineExceededException) {
      return Problem.of(
          HttpResponseStatus.GATEWAY_TIMEOUT.code(),
          "deadline_exceeded",
          "there was no answer within the time of the header timeout; allow more, or ask when fewer"
              + " do");
    }
    return byStatus(context, status, failure);
  }

  private static String lacking(Capability missing) {
    return switch (missing) {
      case LABELS -> "labels";
      case REPORTS -> "reports to write";
      case PROMPTS, VECTORS -> "reports to compare studies with";
    };
  }

  private Problem byStatus(RoutingContext context, int status, Throwable failure) {
    return switch (status) {
      case 400 -> notUnderstood(context);
      case 404 -> Problem.of(status, "not_found", "nothing is at this path" + LOOK_IN_OPENAPI);
      case 405 ->
          Problem.of(status, "method_not_allowed", "this path has other methods" + LOOK_IN_OPENAPI);
      case 413 ->
          Problem.of(
              status,
              "too_large",
              "a request may hold at most %d bytes; send smaller images (the network sees few"
                      .formatted(maxBodyBytes)
                  + " pixels of them) or fewer views");
      default -> other(context, status, failure);
    };
  }

  private static Problem notUnderstood(RoutingContext context) {
    if (!MediaTypes.of(context).equals(StudyRequest.MULTIPART)) {
      return Problem.badRequest("bad_request", "the request cannot be understood");
    }
    // No more can be read on the connection.
    context.response().putHeader("Connection", "close");
    return Problem.badRequest(
        "bad_request",
        "the form cannot be taken apart, or has too many parts or too long ones; send each view as"
            + " one file part, and studyId as a field");
  }

  private static Problem other(RoutingContext context, int status, Throwable failure) {
    return status < 500
        ? Problem.of(status, "refused", "the request cannot be answered" + LOOK_IN_OPENAPI)
        : unforeseen(context, failure);
  }

  private static Problem unforeseen(RoutingContext context, Throwable failure) {
    LOG.atError()
        .addKeyValue("route", RequestMeters.route(context))
        .setCause(failure)
        .log("a request failed");
    return Problem.of(
        HttpResponseStatus.INTERNAL_SERVER_ERROR.code(),
        "internal",
        "the service failed; its log has the reason");
  }
}
