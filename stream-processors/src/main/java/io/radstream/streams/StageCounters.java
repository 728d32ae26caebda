package io.radstream.streams;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts since the stage started, over all its threads. A thread of Kafka Streams has one
 * transaction at a time, and commits what it did itself: what a thread has done counts once it
 * calls {@link #committed}, and never where it calls {@link #aborted}.
 */
final class StageCounters {

  private static final class Pending {
    private long records;
    private long tuples;
    private long rejections;
  }

  private final ThreadLocal<Pending> pending = ThreadLocal.withInitial(Pending::new);
  private final LongAdder records = new LongAdder();
  private final LongAdder tuples = new LongAdder();
  private final LongAdder rejections = new LongAdder();

  void record() {
    pending.get().records++;
  }

  void tuple() {
    pending.get().tuples++;
  }

  void rejection() {
    pending.get().rejections++;
  }

  void committed() {
    Pending done = pending.get();
    records.add(done.records);
    tuples.add(done.tuples);
    rejections.add(done.rejections);
    pending.remove();
  }

  void aborted() {
    pending.remove();
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
