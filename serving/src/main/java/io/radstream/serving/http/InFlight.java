package io.radstream.serving.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts requests until they are answered. Once the service is stopping, the answer to each is the
 * last one on its connection, so that clients come again elsewhere.
 */
final class InFlight implements Handler<RoutingContext> {

  private final AtomicInteger requests = new AtomicInteger();
  private volatile boolean stopping;
  private volatile CompletableFuture<Void> none = new CompletableFuture<>();

  @Override
  public void handle(RoutingContext context) {
    requests.incrementAndGet();
    context.addHeadersEndHandler(
        head -> {
          if (stopping) {
            context.response().putHeader("Connection", "close");
            context.addEndHandler(answered -> context.request().connection().close());
          }
        });
    context.addEndHandler(ended -> ended());
    context.next();
  }

  private void ended() {
    if (requests.decrementAndGet() == 0) {
      none.complete(null);
    }
  }

  void stop() {
    stopping = true;
  }

  /**
   * @throws ProblemException where the service is stopping
   */
  void checkRunning() {
    if (stopping) {
      throw new ProblemException(Problem.stopping());
    }
  }

  int count() {
    return requests.get();
  }

  /** Whether all were answered by then; to be called when no more begin. */
  boolean awaitNone(Duration timeout) {
    CompletableFuture<Void> wait = new CompletableFuture<>();
    none = wait;
    if (requests.get() == 0) {
      return true;
    }
    try {
      wait.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return requests.get() == 0;
    }
  }
}
