package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Ends a request whose body does not come at the pace wanted, and its connection with it. */
final class BodyPace implements Handler<RoutingContext> {

  private final ClientPace pace;

  BodyPace(ClientPace pace) {
    this.pace = pace;
  }

  @Override
  public void handle(RoutingContext context) {
    check(context, System.nanoTime(), pace.grace());
    context.next();
  }

  private void check(RoutingContext context, long started, Duration after) {
    long timer = context.vertx().setTimer(millis(after), fired -> look(context, started));
    context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
  }

  private void look(RoutingContext context, long started) {
    if (context.request().isEnded() || context.response().ended()) {
      return;
    }
    Duration left =
        pace.allowed(context.request().bytesRead())
            .minus(Duration.ofNanos(System.nanoTime() - started));
    if (left.isNegative() || left.isZero()) {
      context.response().putHeader("Connection", "close");
      context.addEndHandler(ended -> context.request().connection().close());
      context.fail(HttpResponseStatus.REQUEST_TIMEOUT.code());
    } else {
      check(context, started, left);
    }
  }

  private static long millis(Duration duration) {
    return Math.max(1, duration.toMillis());
  }
}
