package io.radstream.serving.score;

import java.time.Duration;

/**
 * How studies are gathered in front of the device.
 *
 * @param maxSize most studies of one pass through the network
 * @param maxDelay longest wait for a batch to fill
 * @param maxWaiting most studies admitted and not answered yet; the next is turned away
 */
public record BatchLimits(int maxSize, Duration maxDelay, int maxWaiting) {

  /** 16 studies, 5 ms, 64 waiting. */
  public static final BatchLimits DEFAULT = new BatchLimits(16, Duration.ofMillis(5), 64);

  public BatchLimits {
    if (maxSize < 1) {
      throw new IllegalArgumentException("a batch holds at least 1 study, not " + maxSize);
    }
    if (maxDelay.isNegative()) {
      throw new IllegalArgumentException("a batch cannot wait for " + maxDelay);
    }
    if (maxWaiting < 1) {
      throw new IllegalArgumentException("at least 1 study must be let in, not " + maxWaiting);
    }
  }
}
