package io.radstream.serving.http;

import io.radstream.serving.score.OverloadedException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Leaves room at the events for others: one client may listen so many times, and no more. */
final class ListenerGuard implements Guard {

  private final int most;
  private final Map<String, Integer> listening = new ConcurrentHashMap<>();

  ListenerGuard(int most) {
    this.most = most;
  }

  @Override
  public Optional<Handler<RoutingContext>> before(Endpoint endpoint) {
    return endpoint.path().equals(TrainingEndpoints.EVENTS)
        ? Optional.of(this::admit)
        : Optional.empty();
  }

  private void admit(RoutingContext context) {
    String client = Client.of(context);
    if (listening.merge(client, 1, Integer::sum) > most) {
      leave(client);
      throw new OverloadedException(
          "pages of this client that are listening already: %d".formatted(most));
    }
    context.addEndHandler(ended -> leave(client));
    context.next();
  }

  private void leave(String client) {
    listening.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
  }
}
