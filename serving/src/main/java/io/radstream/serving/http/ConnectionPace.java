package io.radstream.serving.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes a connection on which no request is under way for too long: one whose head never ends, or
 * whose last request was answered before its body came.
 */
final class ConnectionPace {

  /** Requests under way; a timer runs while there are none. */
  private record Waiting(int requests, long timer) {}

  private final Vertx vertx;
  private final ClientPace pace;
  private final Map<HttpConnection, Waiting> connections = new ConcurrentHashMap<>();

  ConnectionPace(Vertx vertx, ClientPace pace) {
    this.vertx = vertx;
    this.pace = pace;
  }

  void opened(HttpConnection connection) {
    connections.put(connection, new Waiting(0, timer(connection, pace.grace())));
    connection.closeHandler(closed -> forget(connection));
  }

  void arrived(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    connections.computeIfPresent(connection, (same, waiting) -> begun(waiting));
    request
        .response()
        .endHandler(
            ended ->
                connections.computeIfPresent(
                    connection, (same, waiting) -> ended(connection, waiting)));
  }

  private Waiting begun(Waiting waiting) {
    if (waiting.requests() == 0) {
      vertx.cancelTimer(waiting.timer());
    }
    return new Waiting(waiting.requests() + 1, waiting.timer());
  }

  private Waiting ended(HttpConnection connection, Waiting waiting) {
    int left = waiting.requests() - 1;
    return new Waiting(left, left == 0 ? timer(connection, pace.between()) : waiting.timer());
  }

  private long timer(HttpConnection connection, Duration after) {
    return vertx.setTimer(Math.max(1, after.toMillis()), fired -> connection.close());
  }

  private void forget(HttpConnection connection) {
    Waiting waiting = connections.remove(connection);
    if (waiting != null && waiting.requests() == 0) {
      vertx.cancelTimer(waiting.timer());
    }
  }
}
