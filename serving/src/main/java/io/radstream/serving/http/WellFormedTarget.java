package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses a request whose path or query cannot be decoded, before a route tries to: there it would
 * count as a failure of the service.
 */
final class WellFormedTarget implements Handler<RoutingContext> {

  @Override
  public void handle(RoutingContext context) {
    if (decodes(context)) {
      context.next();
    } else {
      context.fail(HttpResponseStatus.BAD_REQUEST.code());
    }
  }

  private static boolean decodes(RoutingContext context) {
    try {
      String path = context.normalizedPath();
      context.queryParams();
      return path != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
