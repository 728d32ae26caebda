package io.radstream.trainer.augment;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts views where pictures at full resolution are wanted, and warns once where there seem to be
 * none. Thread-safe.
 */
final class ViewCounter {

  /** Those of a few batches. */
  private static final int ENOUGH = 128;

  private final Logger log;
  private final AtomicLong originals = new AtomicLong();
  private final AtomicLong published = new AtomicLong();

  ViewCounter() {
    this(LoggerFactory.getLogger(ViewCounter.class));
  }

  ViewCounter(Logger log) {
    this.log = log;
  }

  /** A view has been decoded. */
  void decoded(boolean original) {
    if (original) {
      originals.incrementAndGet();
    } else if (published.incrementAndGet() == ENOUGH && originals.get() == 0) {
      log.warn(
          "data.views is ORIGINAL, and none of the first {} views has one: was this published with"
              + " --originals?",
          ENOUGH);
    }
  }

  ViewCounts counts() {
    return new ViewCounts(originals.get(), published.get());
  }
}
