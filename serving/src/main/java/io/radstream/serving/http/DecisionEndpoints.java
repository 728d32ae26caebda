package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.serving.checkpoint.CommandOutcome;
import io.radstream.serving.checkpoint.ModelCommands.Command;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.Objection;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.score.ModelIdentity;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Everything below {@code /v1/models} that changes which checkpoint answers. */
record DecisionEndpoints(ModelControl control, ModelFleet fleet) implements EndpointGroup {

  /** Where a guard that knows who asks has left the name. */
  static final String PRINCIPAL = "radstream.principal";

  private static final String NOBODY = "anonymous";

  private static final Logger LOG = LoggerFactory.getLogger(DecisionEndpoints.class);

  private static final String NOT_DONE =
      "a decision that was asked for, and still went on when that was answered, was not made: {}";

  private static final List<DecisionVerdict> ABOUT_ONE =
      List.of(
          DecisionVerdict.PROMOTE,
          DecisionVerdict.PIN,
          DecisionVerdict.HOLD,
          DecisionVerdict.CANARY,
          DecisionVerdict.SHADOW,
          DecisionVerdict.REFUSE);

  private static final List<DecisionVerdict> ABOUT_THE_LIVE_ONE =
      List.of(DecisionVerdict.ROLLBACK, DecisionVerdict.UNPIN);

  /**
   * What became of it.
   *
   * @param outcome done, or loading where the checkpoint still is
   * @param live id of the checkpoint that answers now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Answer(String outcome, String live, DecisionAnswer decision) {}

  @Override
  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    ABOUT_ONE.forEach(verdict -> endpoints.add(post("/v1/models/{id}/", verdict)));
    ABOUT_THE_LIVE_ONE.forEach(verdict -> endpoints.add(post("/v1/models/", verdict)));
    return endpoints;
  }

  private Endpoint post(String path, DecisionVerdict verdict) {
    return new Endpoint(
        HttpMethod.POST,
        path + verdict.name().toLowerCase(Locale.ROOT),
        List.of(Json.MEDIA_TYPE),
        context -> carryOut(context, command(context, verdict)));
  }

  private static Command command(RoutingContext context, DecisionVerdict verdict) {
    DecisionRequest request = DecisionRequest.of(context, verdict);
    return new Command(
        verdict,
        Optional.ofNullable(context.pathParam("id")).or(request::checkpoint),
        request.share(),
        request.reason(),
        context.get(PRINCIPAL, NOBODY));
  }

  /** Off the event loop, since models may be changing places. */
  private void carryOut(RoutingContext context, Command command) {
    Vertx vertx = context.vertx();
    Future<CommandOutcome> outcome =
        vertx
            .executeBlocking(() -> control.commands().apply(command), false)
            .compose(done -> Future.fromCompletionStage(done, vertx.getOrCreateContext()));
    long timer = vertx.setTimer(control.patience().toMillis(), fired -> goesOn(context));
    outcome.onComplete(
        ended -> {
          if (!vertx.cancelTimer(timer)) {
            tellLate(command, ended);
          } else if (ended.succeeded()) {
            answer(context, ended.result());
          } else {
            context.fail(ended.cause());
          }
        });
  }

  /**
   * Whoever was told already that it takes longer is not answered twice, and must learn it here.
   */
  private static void tellLate(Command command, AsyncResult<CommandOutcome> ended) {
    LoggingEventBuilder event = LOG.atWarn().addKeyValue("verdict", command.verdict());
    if (ended.failed()) {
      event.setCause(ended.cause()).log(NOT_DONE, "it failed");
    } else if (!(ended.result() instanceof CommandOutcome.Done)) {
      event.log(NOT_DONE, problem(ended.result()).detail());
    }
  }

  private void goesOn(RoutingContext context) {
    context
        .response()
        .setStatusCode(HttpResponseStatus.ACCEPTED.code())
        .putHeader("Location", "/v1/models/decisions");
    Json.send(context, new Answer("loading", live(), null));
  }

  private void answer(RoutingContext context, CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.Done done) {
      DecisionAnswer decision =
          DecisionAnswer.of(new DecisionLog.Entry(done.decision(), Optional.empty()));
      Json.send(context, new Answer("done", live(), decision));
    } else {
      context.fail(new ProblemException(problem(outcome)));
    }
  }

  private String live() {
    return fleet.live().map(ModelIdentity::checkpointId).orElse(null);
  }

  private static Problem problem(CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.NoSuchCheckpoint) {
      return Problem.noSuchCheckpoint();
    }
    if (outcome instanceof CommandOutcome.Overruled overruled) {
      Objection objection = overruled.objection();
      return Problem.of(HttpResponseStatus.CONFLICT.code(), objection.code(), objection.text());
    }
    if (outcome instanceof CommandOutcome.NotLoadable failed) {
      return Problem.of(
          HttpResponseStatus.CONFLICT.code(),
          "not_loadable",
          "the checkpoint cannot be loaded: " + failed.reason());
    }
    return Problem.tryAgain(
        HttpResponseStatus.SERVICE_UNAVAILABLE,
        "not_recorded",
        ((CommandOutcome.Unrecorded) outcome).reason());
  }
}
