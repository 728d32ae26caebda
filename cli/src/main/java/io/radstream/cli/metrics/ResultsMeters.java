package io.radstream.cli.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.results.delivery.Delivery;
import io.radstream.results.delivery.DeliveryStatus;
import io.radstream.results.maps.ResultMaps;
import java.util.function.ToDoubleFunction;

/** How results are delivered to one destination. */
public final class ResultsMeters {

  private static final String TAG = "destination";

  private ResultsMeters() {}

  public static void register(Delivery delivery, MeterRegistry meters) {
    counter(delivery, meters, "delivered", "Results that the receiver has", it -> it.delivered());
    counter(delivery, meters, "refused", "Results refused for good", it -> it.refused());
    counter(
        delivery,
        meters,
        "skipped",
        "Scores of which there is nothing to send",
        it -> it.skipped().values().stream().mapToLong(count -> count).sum());
    counter(delivery, meters, "retries", "Tries in vain, tried again", it -> it.retries());
    gauge(delivery, meters, "lag", "Scores that are still to be dealt with", it -> it.lag());
    gauge(
        delivery,
        meters,
        "away",
        "1 while the receiver takes nothing",
        it -> it.away().isEmpty() ? 0 : 1);
    Gauge.builder("radstream.results.running", delivery, it -> it.isRunning() ? 1 : 0)
        .description("1 while results are delivered, or will be when the receiver is there")
        .tag(TAG, delivery.status().destination())
        .register(meters);
  }

  /**
   * @param destination its name
   */
  public static void register(String destination, ResultMaps maps, MeterRegistry meters) {
    FunctionCounter.builder("radstream.results.maps", maps, ResultMaps::drawn)
        .description("Pictures of where findings come from that were drawn")
        .tag(TAG, destination)
        .register(meters);
    FunctionCounter.builder("radstream.results.without.maps", maps, ResultMaps::without)
        .description("Results that should have had pictures, and went without")
        .tag(TAG, destination)
        .register(meters);
  }

  private static void counter(
      Delivery delivery,
      MeterRegistry meters,
      String name,
      String description,
      ToDoubleFunction<DeliveryStatus> of) {
    FunctionCounter.builder(
            "radstream.results." + name, delivery, it -> of.applyAsDouble(it.status()))
        .description(description)
        .tag(TAG, delivery.status().destination())
        .register(meters);
  }

  private static void gauge(
      Delivery delivery,
      MeterRegistry meters,
      String name,
      String description,
      ToDoubleFunction<DeliveryStatus> of) {
    Gauge.builder("radstream.results." + name, delivery, it -> of.applyAsDouble(it.status()))
        .description(description)
        .tag(TAG, delivery.status().destination())
        .register(meters);
  }
}
