package io.radstream.serving.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * One entry of the contract.
 *
 * @param path in the notation of OpenAPI, {@code {name}} for a variable part
 * @param accepts media types of the body, the empty one for a body of no type; none for an endpoint
 *     without a body
 */
record Endpoint(
    HttpMethod method,
    String path,
    java.util.List<String> accepts,
    Handler<RoutingContext> handler) {

  static Endpoint get(String path, Handler<RoutingContext> handler) {
    return new Endpoint(HttpMethod.GET, path, java.util.List.of(), handler);
  }

  /** The path in the notation of Vert.x. */
  String routerPath() {
    return path.replaceAll("\\{(\\w+)}", ":$1");
  }
}
