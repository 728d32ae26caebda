package io.radstream.cli.bench;

import java.util.concurrent.atomic.LongAdder;

/** What {@link EngineCalls} has counted. Static, as is the engine whose calls it counts. */
public final class EngineCallCount {

  private static final LongAdder CALLS = new LongAdder();
  private static final LongAdder BYTES = new LongAdder();

  private EngineCallCount() {}

  /** Is called by the engine's Java side. */
  public static void call() {
    CALLS.increment();
  }

  /** The same. */
  public static void copied(long bytes) {
    BYTES.add(bytes);
  }

  static long calls() {
    return CALLS.sum();
  }

  static long bytes() {
    return BYTES.sum();
  }
}
