package io.radstream.streams;

import java.util.concurrent.atomic.LongAdder;

/** Counts since the stage started, over all its threads. */
final class StageCounters {

  private final LongAdder records = new LongAdder();
  private final LongAdder tuples = new LongAdder();
  private final LongAdder rejections = new LongAdder();

  void record() {
    records.increment();
  }

  void tuple() {
    tuples.increment();
  }

  void rejection() {
    rejections.increment();
  }

  long records() {
    return records.sum();
  }

  long tuples() {
    return tuples.sum();
  }

  long rejections() {
    return rejections.sum();
  }
}
