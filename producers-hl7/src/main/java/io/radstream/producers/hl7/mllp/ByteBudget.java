package io.radstream.producers.hl7.mllp;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for messages that are coming or under way, over all connections. Thread-safe. */
final class ByteBudget {

  private final AtomicLong left;

  ByteBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** False where there are not so many left: then none is taken. */
  boolean take(int bytes) {
    long before = left.getAndUpdate(it -> it >= bytes ? it - bytes : it);
    return before >= bytes;
  }

  void giveBack(int bytes) {
    left.addAndGet(bytes);
  }
}
