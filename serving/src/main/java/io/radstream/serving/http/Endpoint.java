package io.radstream.serving.http;

import io.radstream.serving.access.Access;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * One entry of the contract.
 *
 * @param path in the notation of OpenAPI, {@code {name}} for a variable part
 * @param accepts media types of the body, the empty one for a body of no type; none for an endpoint
 *     without a body
 * @param needs what a caller must be allowed to do
 */
record Endpoint(
    HttpMethod method,
    String path,
    List<String> accepts,
    Handler<RoutingContext> handler,
    Access needs) {

  /** What is read needs {@link Access#READ}; anything else is taken for a change, until it says. */
  Endpoint(HttpMethod method, String path, List<String> accepts, Handler<RoutingContext> handler) {
    this(
        method,
        path,
        accepts,
        handler,
        method.equals(HttpMethod.GET) ? Access.READ : Access.OPERATE);
  }

  static Endpoint get(String path, Handler<RoutingContext> handler) {
    return new Endpoint(HttpMethod.GET, path, List.of(), handler);
  }

  Endpoint needing(Access other) {
    return new Endpoint(method, path, accepts, handler, other);
  }

  /** The path in the notation of Vert.x. */
  String routerPath() {
    return path.replaceAll("\\{(\\w+)}", ":$1");
  }
}
