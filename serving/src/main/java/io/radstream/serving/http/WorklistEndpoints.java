package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.serving.access.Access;
import io.radstream.serving.score.OverloadedException;
import io.radstream.serving.worklist.ListedStudy;
import io.radstream.serving.worklist.NotReadYetException;
import io.radstream.serving.worklist.UnrecordedVerdictException;
import io.radstream.serving.worklist.Verdict;
import io.radstream.serving.worklist.Worklist;
import io.radstream.serving.worklist.WorklistPage;
import io.radstream.serving.worklist.WorklistQuestion;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * {@code /v1/worklist}: studies that arrived, and what readers say of them. A study's id stands in
 * bodies only, since addresses are written down.
 */
final class WorklistEndpoints implements EndpointGroup {

  static final String WORKLIST = "/v1/worklist";
  static final String VERDICTS = "/v1/worklist/verdicts";

  private static final String NOBODY = "anonymous";

  /**
   * While a broker is waited for, one after the other: nobody is to wait for a minute, and other
   * requests need the threads that are left.
   */
  private static final int MOST_VERDICTS = 5;

  private final Optional<Worklist> worklist;
  private final Semaphore places = new Semaphore(MOST_VERDICTS);

  /**
   * @param worklist empty where there is none
   */
  WorklistEndpoints(Optional<Worklist> worklist) {
    this.worklist = worklist;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(WORKLIST, this::list).needing(Access.WORKLIST),
        new Endpoint(HttpMethod.POST, VERDICTS, List.of(Json.MEDIA_TYPE), this::record)
            .needing(Access.LABEL));
  }

  private Worklist list() {
    return worklist.orElseThrow(
        () ->
            new ProblemException(
                Problem.of(
                    HttpResponseStatus.SERVICE_UNAVAILABLE.code(),
                    "no_worklist",
                    "this service keeps no worklist; it does with serve --worklist")));
  }

  private void list(RoutingContext context) {
    Worklist list = list();
    WorklistQuestion question = WorklistRequest.of(context);
    beside(
        context,
        () -> {
          WorklistPage page = list.page(question);
          return WorklistAnswer.of(page, question, reader(context));
        });
  }

  private void record(RoutingContext context) {
    Worklist list = list();
    VerdictRequest request = VerdictRequest.of(context.body().buffer());
    String reader = reader(context);
    if (!places.tryAcquire()) {
      throw new OverloadedException("verdicts that are being written: " + MOST_VERDICTS);
    }
    beside(
            context,
            () -> {
              ListedStudy study =
                  list.study(request.studyId()).orElseThrow(WorklistEndpoints::unknown);
              Verdict verdict = request.on(study, reader);
              list.record(study, verdict);
              return WorklistAnswer.recorded(study, verdict);
            })
        .onComplete(done -> places.release());
  }

  private static String reader(RoutingContext context) {
    return context.get(Client.PRINCIPAL, NOBODY);
  }

  private static ProblemException unknown() {
    return new ProblemException(
        Problem.of(
            HttpResponseStatus.NOT_FOUND.code(),
            "not_listed",
            "no study of that id is on the worklist, or not any more"));
  }

  /** Off the event loop: a long list is sorted, or a broker waited for. */
  private static Future<?> beside(RoutingContext context, Callable<?> work) {
    return context
        .vertx()
        .executeBlocking(work, false)
        .onSuccess(answer -> Json.send(context, answer))
        .onFailure(failure -> context.fail(problem(failure)));
  }

  private static Throwable problem(Throwable failure) {
    if (failure instanceof NotReadYetException) {
      return new ProblemException(
          Problem.tryAgain(
              HttpResponseStatus.SERVICE_UNAVAILABLE, "no_worklist", failure.getMessage()));
    }
    if (failure instanceof UnrecordedVerdictException) {
      return new ProblemException(
          Problem.tryAgain(
              HttpResponseStatus.SERVICE_UNAVAILABLE, "not_recorded", failure.getMessage()));
    }
    return failure;
  }
}
