package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Ends a request whose body comes too slowly, or never ends. Progress buys time, so that what is
 * announced in Content-Length buys none.
 */
final class BodyDeadline implements Handler<RoutingContext> {

  private final RequestLimits limits;
  private final RequestMeters meters;

  BodyDeadline(RequestLimits limits, RequestMeters meters) {
    this.limits = limits;
    this.meters = meters;
  }

  @Override
  public void handle(RoutingContext context) {
    if (!context.request().isEnded()) {
      watch(context, limits.grace());
    }
    context.next();
  }

  private void watch(RoutingContext context, Duration wait) {
    long timer = context.vertx().setTimer(Math.max(1, wait.toMillis()), fired -> check(context));
    context.request().end().onComplete(ended -> context.vertx().cancelTimer(timer));
  }

  private void check(RoutingContext context) {
    if (context.request().isEnded()) {
      return;
    }
    Duration left =
        limits.allowance(context.request().bytesRead()).minusNanos(meters.elapsedNanos(context));
    if (left.compareTo(Duration.ZERO) > 0) {
      watch(context, left);
    } else {
      refuse(context);
    }
  }

  private void refuse(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.headWritten()) {
      context.request().connection().close();
      return;
    }
    context.addEndHandler(answered -> context.request().connection().close());
    response.putHeader("Connection", "close");
    context.fail(
        new ProblemException(
            Problem.of(
                HttpResponseStatus.REQUEST_TIMEOUT.code(),
                "too_slow",
                "the body did not come in time: %d seconds, and a second more for each %d bytes"
                        .formatted(limits.grace().toSeconds(), limits.bytesPerSecond())
                    + " of it; send it at once, or send smaller images")));
  }
}
