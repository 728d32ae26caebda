package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Ends a request whose body does not come at the pace wanted, and its connection with it. */
final class BodyPace implements Handler<RoutingContext> {

  private static final String TIMER = "radstream.body.timer";
  private static final long SHORTEST_MILLIS = 100;

  private final ClientPace pace;

  BodyPace(ClientPace pace) {
    this.pace = pace;
  }

  @Override
  public void handle(RoutingContext context) {
    check(context, System.nanoTime(), pace.grace());
    context.addEndHandler(ended -> context.vertx().cancelTimer(context.<Long>get(TIMER)));
    context.next();
  }

  private void check(RoutingContext context, long started, Duration after) {
    long millis = Math.max(SHORTEST_MILLIS, after.toMillis());
    context.put(TIMER, context.vertx().setTimer(millis, fired -> look(context, started)));
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
}
