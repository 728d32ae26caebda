package io.radstream.serving.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.serving.access.Access;
import io.radstream.serving.score.ModelIdentity;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/**
 * {@code /health} and {@code /metrics}: for who runs the service.
 *
 * @param metrics what one must be allowed to do, to see the metrics
 */
record HealthEndpoints(Readiness readiness, PrometheusMeterRegistry meters, Access metrics)
    implements EndpointGroup {

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/health/live", c -> Json.send(c, Map.of("status", "up")))
            .needing(Access.PUBLIC),
        Endpoint.get("/health/ready", this::ready).needing(Access.PUBLIC),
        Endpoint.get("/metrics", this::scrape).needing(metrics));
  }

  private void ready(RoutingContext context) {
    ModelIdentity model = readiness.check();
    Json.send(context, Map.of("status", "up", "checkpoint", model.checkpointId()));
  }

  private void scrape(RoutingContext context) {
    Text.send(context, "text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(meters.scrape()));
  }
}
