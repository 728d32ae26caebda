package io.radstream.streams;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what was committed since the stage started, over all its threads. A stream thread has one
 * transaction at a time, so what it does counts for it alone until that transaction is committed.
 */
final class StageCounters {

  private static final class Uncommitted {
    private long records;
    private long tuples;
    private long rejections;
  }

  private final ThreadLocal<Uncommitted> uncommitted = ThreadLocal.withInitial(Uncommitted::new);
  private final LongAdder records = new LongAdder();
  private final LongAdder tuples = new LongAdder();
  private final LongAdder rejections = new LongAdder();

  void record() {
    uncommitted.get().records++;
  }

  void tuple() {
    uncommitted.get().tuples++;
  }

  void rejection() {
    uncommitted.get().rejections++;
  }

  /** What this thread did since its last commit stands. */
  void committed() {
    Uncommitted done = uncommitted.get();
    records.add(done.records);
    tuples.add(done.tuples);
    rejections.add(done.rejections);
    uncommitted.remove();
  }

  /** What this thread did since its last commit will be done again, here or elsewhere. */
  void dropped() {
    uncommitted.remove();
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
