package io.radstream.serving.score;

import io.micrometer.core.instrument.Clock;

/**
 * Bounds the studies in hand, by count and by bytes. One study is let in whatever its size.
 * Thread-safe.
 */
final class Admission {

  private final BatchLimits limits;
  private final Clock clock;
  private final DrainRate rate;
  private int studies;
  private long bytes;

  /**
   * @param clock for its monotonic time
   */
  Admission(BatchLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.rate = new DrainRate(limits.maxSize());
  }

  /** A study that was let in. */
  final class Place {

    private long held;
    private boolean left;

    private Place(long held) {
      this.held = held;
    }

    /** It turns out to be larger; whoever comes next has less room. */
    void grow(long more) {
      synchronized (Admission.this) {
        if (!left) {
          held += more;
          bytes += more;
        }
      }
    }

    /**
     * Leaving twice is harmless.
     *
     * @param drained whether its work was done, so that it tells how fast that goes
     */
    void leave(boolean drained) {
      synchronized (Admission.this) {
        if (left) {
          return;
        }
        left = true;
        studies--;
        bytes -= held;
        long now = clock.monotonicTime();
        if (drained) {
          rate.drained(now);
        }
        if (studies == 0) {
          rate.pause(now);
        }
      }
    }
  }

  /**
   * @throws OverloadedException where there is no room
   */
  synchronized Place enter(long size) {
    long now = clock.monotonicTime();
    if (studies >= limits.maxWaiting()) {
      throw new OverloadedException(
          "studies that are waiting already: " + studies, rate.until(studies, now));
    }
    if (studies > 0 && size > limits.maxBytes() - bytes) {
      throw new OverloadedException(
          "%d bytes of other studies are waiting already".formatted(bytes),
          rate.until(studies, now));
    }
    studies++;
    bytes += size;
    rate.begin(now);
    return new Place(size);
  }

  synchronized int studies() {
    return studies;
  }

  synchronized long bytes() {
    return bytes;
  }
}
