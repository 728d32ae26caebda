package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.TokenBuckets;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/** Turns away a client that asks more often than it may; others do not wait for it. */
final class RateGuard implements Guard {

  private final Optional<TokenBuckets> buckets;

  /**
   * @param buckets empty where each may ask as often as it likes
   */
  RateGuard(Optional<TokenBuckets> buckets) {
    this.buckets = buckets;
  }

  @Override
  public Optional<Handler<RoutingContext>> before(Endpoint endpoint) {
    return endpoint.needs() == Access.PUBLIC
        ? Optional.empty()
        : buckets.map(rate -> context -> admit(context, rate));
  }

  private static void admit(RoutingContext context, TokenBuckets rate) {
    Optional<Duration> wait = rate.take(Client.of(context));
    if (wait.isPresent()) {
      throw new ProblemException(
          new Problem(
              HttpResponseStatus.TOO_MANY_REQUESTS.code(),
              "too_many_requests",
              "this client asks more often than it may; try again after the time in Retry-After",
              wait));
    }
    context.next();
  }
}
