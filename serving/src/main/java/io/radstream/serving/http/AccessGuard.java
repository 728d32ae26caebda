package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.Callers;
import io.radstream.serving.access.Principal;
import io.radstream.serving.access.SignInLimit;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/** Lets in who has shown a key or token with the role that an endpoint needs. */
final class AccessGuard implements Guard {

  private static final String SCHEME = "Bearer ";
  private static final String CHALLENGE = "Bearer realm=\"radstream\"";

  private final Callers callers;
  private final SignInLimit signIns;

  AccessGuard(Callers callers, SignInLimit signIns) {
    this.callers = callers;
    this.signIns = signIns;
  }

  @Override
  public Optional<Handler<RoutingContext>> before(Endpoint endpoint) {
    return !callers.areAsked() || endpoint.needs() == Access.PUBLIC
        ? Optional.empty()
        : Optional.of(context -> check(context, endpoint.needs()));
  }

  private void check(RoutingContext context, Access needed) {
    String shown = shown(context);
    String address = address(context.request());
    signIns
        .mustWait(address, shown)
        .ifPresent(
            wait -> {
              throw tooManyFailures(wait);
            });
    Future<Principal> known =
        callers
            .principal(shown)
            .onSuccess(principal -> signIns.succeeded(shown))
            .onFailure(unknown -> signIns.failed(address, shown));
    if (known.isComplete()) {
      decide(context, needed, known);
      return;
    }
    context.request().pause();
    known.onComplete(
        result -> {
          try {
            decide(context, needed, result);
          } catch (ProblemException e) {
            context.fail(e);
          }
          context.request().resume();
        });
  }

  private static String address(HttpServerRequest request) {
    return SignInLimit.address(
        Client.address(request.remoteAddress()),
        request.headers().getAll("X-Forwarded-For").stream()
            .reduce((all, next) -> all + "," + next)
            .orElse(null));
  }

  private static ProblemException tooManyFailures(Duration wait) {
    return new ProblemException(
        new Problem(
            HttpResponseStatus.TOO_MANY_REQUESTS.code(),
            "too_many_failed_sign_ins",
            "too many keys and tokens from this address are not known here; try again after the"
                + " time in Retry-After",
            Optional.of(wait)));
  }

  private static void decide(RoutingContext context, Access needed, AsyncResult<Principal> known) {
    if (known.failed()) {
      throw unknown(
          context,
          CHALLENGE + ", error=\"invalid_token\"",
          "the key or token is not known here, or not any more; ask who runs the service for"
              + " another");
    }
    Principal principal = known.result();
    Client.note(context, principal);
    if (!principal.may(needed)) {
      throw Client.missing(needed);
    }
    context.next();
  }

  private static String shown(RoutingContext context) {
    String header = context.request().getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw unknown(
          context,
          CHALLENGE,
          "who asks has to show a key or token: 'Authorization: Bearer …'; who runs the service"
              + " makes one with 'radstream key api'");
    }
    return header.substring(SCHEME.length()).strip();
  }

  private static ProblemException unknown(RoutingContext context, String challenge, String detail) {
    context.response().putHeader("WWW-Authenticate", challenge);
    return new ProblemException(
        Problem.of(HttpResponseStatus.UNAUTHORIZED.code(), "unauthenticated", detail));
  }
}
