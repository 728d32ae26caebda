package io.radstream.trainer.run;

import io.opentelemetry.api.trace.Span;
import java.time.Instant;

/**
 * A step that was begun and is not settled yet.
 *
 * @param waited for the batch, in seconds
 * @param began when it was begun
 * @param span of the step, which ends when it is settled
 */
record StepInHand(BegunStep begun, double waited, Instant began, Span span) {

  /** That the line has behind it with this one. */
  long step() {
    return begun.step();
  }
}
