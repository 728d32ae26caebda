package io.radstream.trainer.feed;

import io.radstream.trainer.tuples.TupleRef;
import java.util.OptionalLong;

/** How far a partition has been read and taken. For one thread. */
final class ArrivalCursor {

  private static final long UNKNOWN = -1;

  private final int partition;
  private long offset;
  private long polled;
  private long taken;

  /** Of the first record that this process was given. */
  private long firstRank;

  /**
   * @param offset of the next record to be taken
   * @param rank of that record; empty where it is not known
   */
  ArrivalCursor(int partition, long offset, OptionalLong rank) {
    this.partition = partition;
    this.offset = offset;
    this.firstRank = rank.orElse(UNKNOWN);
  }

  /** Of the next record to be taken. */
  long offset() {
    return offset;
  }

  /** Empty where it is not known. */
  OptionalLong rank() {
    return firstRank == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(firstRank + taken);
  }

  /** The next record has come. */
  Arrival polled(long at) {
    return arrival(at, polled++);
  }

  /** A record that stands so many before those that this process is given. */
  Arrival before(long at, long back) {
    return arrival(at, -back);
  }

  private Arrival arrival(long at, long count) {
    return new Arrival(
        new TupleRef(partition, at), count, firstRank == UNKNOWN ? UNKNOWN : firstRank + count);
  }

  void taken(Arrival arrival) {
    offset = arrival.ref().offset() + 1;
    taken = arrival.count() + 1;
  }

  /** Goes on there, and gives again what was not taken; nobody counts what is passed over. */
  void passTo(long target) {
    if (target > offset) {
      firstRank = UNKNOWN;
    }
    offset = target;
    polled = taken;
  }
}
