package io.radstream.serving.score;

import io.micrometer.core.instrument.Clock;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BooleanSupplier;

/**
 * What a study passes on its way.
 *
 * @param clock for its monotonic time
 * @param closed whether the way is at its end
 */
record ScoringWay(
    ThreadPoolExecutor decoders,
    MicroBatcher batcher,
    BesideScoring beside,
    ScoringMeters meters,
    Clock clock,
    BooleanSupplier closed) {

  void requireOpen() {
    if (closed.getAsBoolean()) {
      throw stopped();
    }
  }

  static IllegalStateException stopped() {
    return new IllegalStateException("the service has stopped");
  }
}
