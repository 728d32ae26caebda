package io.radstream.streams;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what was committed since the stage started, over all its threads, and what waits now. A
 * stream thread has one transaction at a time, so what it does counts for it alone until that
 * transaction is committed.
 */
final class StageCounters {

  private static final class Uncommitted {
    private long records;
    private long tuples;
    private long rejections;
    private long givenUp;
  }

  private final ThreadLocal<Uncommitted> uncommitted = ThreadLocal.withInitial(Uncommitted::new);
  private final LongAdder records = new LongAdder();
  private final LongAdder tuples = new LongAdder();
  private final LongAdder rejections = new LongAdder();
  private final LongAdder givenUp = new LongAdder();
  private final LongAdder waiting = new LongAdder();

  void record() {
    uncommitted.get().records++;
  }

  void tuple() {
    uncommitted.get().tuples++;
  }

  void rejection() {
    uncommitted.get().rejections++;
  }

  /** A part that has waited until its deadline. */
  void givenUp() {
    uncommitted.get().givenUp++;
  }

  /**
   * @param more parts that wait now; below 0 for those that do not any more
   */
  void waiting(long more) {
    waiting.add(more);
  }

  /** What this thread did since its last commit stands. */
  void committed() {
    Uncommitted done = uncommitted.get();
    records.add(done.records);
    tuples.add(done.tuples);
    rejections.add(done.rejections);
    givenUp.add(done.givenUp);
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

  /** As it stands now: the counts of different moments are not told apart. */
  StageStatus status(boolean running) {
    return new StageStatus(
        running, records(), tuples(), rejections(), waiting.sum(), givenUp.sum());
  }
}
