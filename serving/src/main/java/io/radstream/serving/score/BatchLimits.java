package io.radstream.serving.score;

import java.time.Duration;

/**
 * How studies are gathered in front of the device, and how many are let in.
 *
 * @param maxSize most studies of one pass through the network
 * @param maxDelay longest wait of a free device for studies that are being decoded; it waits for no
 *     others
 * @param maxWaiting most studies admitted and not answered yet; the next is turned away
 * @param maxBytes of these, encoded and prepared; one study is let in whatever its size
 */
public record BatchLimits(int maxSize, Duration maxDelay, int maxWaiting, long maxBytes) {

  /** 16 studies, 5 ms, 64 waiting. */
  public static final BatchLimits DEFAULT = new BatchLimits(16, Duration.ofMillis(5), 64);

  /** The pixels of a batch lie in one array, which has no room for many more. */
  public static final int LARGEST = 1024;

  public BatchLimits {
    if (maxSize < 1 || maxSize > LARGEST) {
      throw new IllegalArgumentException(
          "a batch holds 1 to %d studies, not %d".formatted(LARGEST, maxSize));
    }
    if (maxDelay.isNegative()) {
      throw new IllegalArgumentException("a batch cannot wait for " + maxDelay);
    }
    if (maxWaiting < 1) {
      throw new IllegalArgumentException("at least 1 study must be let in, not " + maxWaiting);
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("at least 1 byte must be let in, not " + maxBytes);
    }
  }

  /** With a quarter of Java's memory for what waits. */
  public BatchLimits(int maxSize, Duration maxDelay, int maxWaiting) {
    this(maxSize, maxDelay, maxWaiting, Runtime.getRuntime().maxMemory() / 4);
  }
}
