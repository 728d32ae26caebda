package io.radstream.serving.http;

import io.radstream.serving.score.OverloadedException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets in no more bytes of bodies at a time than there is memory for, before any of them is read. A
 * body counts by what its head announces, or as the longest one where that does not say, until its
 * request is answered.
 */
final class BodyBudget implements Guard {

  private final long most;
  private final long longest;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param most bytes at a time; one body is let in whatever its length
   * @param longest bytes of a body; what announces more is left to the handler that refuses it
   */
  BodyBudget(long most, long longest) {
    this.most = Math.max(most, longest);
    this.longest = longest;
  }

  @Override
  public Optional<Handler<RoutingContext>> before(Endpoint endpoint) {
    return endpoint.accepts().isEmpty() ? Optional.empty() : Optional.of(this::admit);
  }

  private void admit(RoutingContext context) {
    long bytes = announced(context);
    if (held.addAndGet(bytes) > most) {
      held.addAndGet(-bytes);
      throw new OverloadedException(
          "%d bytes of other requests are being read or answered".formatted(held.get()));
    }
    context.addEndHandler(answered -> held.addAndGet(-bytes));
    context.next();
  }

  private long announced(RoutingContext context) {
    String length = context.request().getHeader("Content-Length");
    // Vert.x has refused what is no number.
    return length == null ? longest : Math.min(longest, Long.parseLong(length));
  }
}
