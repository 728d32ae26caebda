package io.radstream.cli.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.streams.StageStatus;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How a stream stage is doing. Thread-safe. */
public final class StageMeters {

  private final Supplier<StageStatus> status;
  private volatile double lag = Double.NaN;

  /**
   * @param status asked whenever figures are
   */
  public StageMeters(Supplier<StageStatus> status, MeterRegistry meters) {
    this.status = status;
    counter(meters, "records", "Records read from studies", StageStatus::records);
    counter(meters, "tuples", "Tuples sent", StageStatus::tuples);
    counter(meters, "rejections", "Rejections sent", StageStatus::rejections);
    counter(
        meters,
        "given.up.parts",
        "Parts among the rejections that had waited in vain",
        StageStatus::givenUpParts);
    Gauge.builder("radstream.stage.waiting.parts", this, stage -> stage.now().waitingParts())
        .description("Parts that name another patient than their study and wait")
        .register(meters);
    Gauge.builder("radstream.stage.running", this, stage -> stage.now().running() ? 1 : 0)
        .description("1 while the stage consumes, or will when the cluster lets it")
        .register(meters);
    Gauge.builder("radstream.stage.lag", this, stage -> stage.lag)
        .description("Records on studies that all instances together have not committed")
        .baseUnit("records")
        .register(meters);
  }

  private void counter(
      MeterRegistry meters, String name, String description, ToDoubleFunction<StageStatus> of) {
    FunctionCounter.builder("radstream.stage." + name, this, stage -> of.applyAsDouble(stage.now()))
        .description(description)
        .register(meters);
  }

  private StageStatus now() {
    return status.get();
  }

  /** Takes the lag, which costs questions to the broker; not a number where it did not answer. */
  public void lag(double records) {
    lag = records;
  }
}
