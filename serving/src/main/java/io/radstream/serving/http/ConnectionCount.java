package io.radstream.serving.http;

import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections each address has open. */
final class ConnectionCount {

  private final int most;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /**
   * @param most of one address
   */
  ConnectionCount(int most) {
    this.most = most;
  }

  /** False where it is one too many; then it does not count. */
  boolean admits(HttpConnection connection) {
    if (open.merge(address(connection), 1, Integer::sum) > most) {
      closed(connection);
      return false;
    }
    return true;
  }

  /** To be called once for each connection that was let in. */
  void closed(HttpConnection connection) {
    open.computeIfPresent(address(connection), (same, count) -> count == 1 ? null : count - 1);
  }

  private static String address(HttpConnection connection) {
    return Client.address(connection.remoteAddress());
  }
}
