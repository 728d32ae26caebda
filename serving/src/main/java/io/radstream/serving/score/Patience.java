package io.radstream.serving.score;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * How long an answer is of use to who asked.
 *
 * @param deadline by the monotonic clock, in nanoseconds; empty for no end
 * @param gone whether nobody waits any more
 */
record Patience(OptionalLong deadline, BooleanSupplier gone) {

  static final Patience ENDLESS = new Patience(OptionalLong.empty(), () -> false);

  /**
   * Why no more work is to be spent; empty while it is.
   *
   * @param now by the monotonic clock
   */
  Optional<RuntimeException> over(long now) {
    if (gone.getAsBoolean()) {
      return Optional.of(new CancellationException("nobody waits for the answer"));
    }
    return deadline.isPresent() && now - deadline.getAsLong() >= 0
        ? Optional.of(new DeadlineExceededException())
        : Optional.empty();
  }
}
