package io.radstream.serving.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures every request. Labels are the route as it is written in the contract, the method and the
 * status: nothing that a client could choose freely.
 */
final class RequestMeters implements Handler<RoutingContext> {

  static final String NAME = "radstream.http.requests";

  private static final String ROUTE = "radstream.route";
  private static final String STARTED = "radstream.started";
  private static final String MODEL = "radstream.model";
  private static final String UNMATCHED = "unmatched";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry meters;

  RequestMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void handle(RoutingContext context) {
    context.put(STARTED, meters.config().clock().monotonicTime());
    context.addEndHandler(ended -> record(context));
    context.next();
  }

  private void record(RoutingContext context) {
    String route = route(context);
    Timer.builder(NAME)
        .description("Requests, from their arrival to the end of the answer")
        .tag("route", route)
        .tag("method", route.equals(UNMATCHED) ? "any" : context.request().method().name())
        .tag("status", Integer.toString(context.response().getStatusCode()))
        .serviceLevelObjectives(BUCKETS)
        .register(meters)
        .record(elapsedNanos(context), TimeUnit.NANOSECONDS);
    asked(context).ifPresent(model -> recordPrediction(context, model));
  }

  /** Under the name that KServe's dashboards look for. */
  private void recordPrediction(RoutingContext context, String model) {
    Timer.builder("request.predict")
        .description("Requests to a set of findings, from their arrival to the end of the answer")
        .tag("model_name", model)
        .serviceLevelObjectives(BUCKETS)
        .register(meters)
        .record(elapsedNanos(context), TimeUnit.NANOSECONDS);
  }

  /** Notes which of the sets of findings that there are a request is for. */
  static void asks(RoutingContext context, String model) {
    context.put(MODEL, model);
  }

  /** Which of them a request is for; empty where it is for none. */
  static Optional<String> asked(RoutingContext context) {
    return Optional.ofNullable(context.get(MODEL));
  }

  /** Notes which route of the contract a request has met. */
  static void meet(RoutingContext context, Endpoint endpoint) {
    context.put(ROUTE, endpoint.path());
    context.next();
  }

  static String route(RoutingContext context) {
    return context.get(ROUTE, UNMATCHED);
  }

  long elapsedNanos(RoutingContext context) {
    return meters.config().clock().monotonicTime() - arrivedNanos(context);
  }

  /** By the meters' monotonic clock. */
  long arrivedNanos(RoutingContext context) {
    return context.<Long>get(STARTED);
  }

  /** Requests answered on a route, whatever the status. */
  long answered(String route) {
    return meters.find(NAME).tag("route", route).timers().stream().mapToLong(Timer::count).sum();
  }
}
