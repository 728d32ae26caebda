package io.radstream.serving.score;

import java.util.concurrent.atomic.AtomicInteger;

/** Lets work be done beside the answers, but no more than a tenth of theirs. Thread-safe. */
final class LoadShare {

  private static final int COST = 10;

  /** After a time without such work, no more of it at once than a few. */
  private static final int MOST = 5 * COST;

  private final AtomicInteger earned = new AtomicInteger();

  void answered() {
    earned.updateAndGet(now -> Math.min(MOST, now + 1));
  }

  /** Whether there is room for one more; takes it then. */
  boolean take() {
    return earned.getAndUpdate(now -> now < COST ? now : now - COST) >= COST;
  }
}
