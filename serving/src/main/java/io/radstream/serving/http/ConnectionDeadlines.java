package io.radstream.serving.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes a connection on which no whole request head comes, however its bytes are spread, and one
 * that its address has too many beside.
 */
final class ConnectionDeadlines {

  /** Used on the connection's own event loop only. */
  private final class Deadline {
    private final HttpConnection connection;
    private int unanswered;
    private long timer;

    private Deadline(HttpConnection connection) {
      this.connection = connection;
      arm(limits.head());
    }

    private void arm(Duration wait) {
      timer =
          vertx.setTimer(
              wait.toMillis(),
              fired -> {
                if (unanswered == 0) {
                  connection.close();
                }
              });
    }

    private void asked() {
      unanswered++;
      vertx.cancelTimer(timer);
    }

    private void answered() {
      unanswered--;
      vertx.cancelTimer(timer);
      arm(limits.between());
    }
  }

  private final Vertx vertx;
  private final RequestLimits limits;
  private final ConnectionCount count;
  private final Map<HttpConnection, Deadline> open = new ConcurrentHashMap<>();

  ConnectionDeadlines(Vertx vertx, RequestLimits limits, ConnectionCount count) {
    this.vertx = vertx;
    this.limits = limits;
    this.count = count;
  }

  void opened(HttpConnection connection) {
    if (!count.admits(connection)) {
      connection.close();
      return;
    }
    Deadline deadline = new Deadline(connection);
    open.put(connection, deadline);
    connection.closeHandler(
        closed -> {
          vertx.cancelTimer(deadline.timer);
          open.remove(connection);
          count.closed(connection);
        });
  }

  Handler<HttpServerRequest> before(Handler<HttpServerRequest> next) {
    return request -> {
      Deadline deadline = open.get(request.connection());
      if (deadline != null) {
        deadline.asked();
        request.response().bodyEndHandler(sent -> deadline.answered());
      }
      next.handle(request);
    };
  }
}
