package io.radstream.serving.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Stands before endpoints, ahead of the body: what it turns away is not read. */
@FunctionalInterface
interface Guard {

  /**
   * What stands before an endpoint: lets a request on ({@link RoutingContext#next}), or throws.
   * Empty where this guard has nothing to say.
   */
  Optional<Handler<RoutingContext>> before(Endpoint endpoint);
}
