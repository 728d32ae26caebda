package io.radstream.trainer.tuples;

import java.util.Comparator;

/** Coordinates of a tuple on its topic; ordered by partition, then offset. */
public record TupleRef(int partition, long offset) implements Comparable<TupleRef> {

  private static final Comparator<TupleRef> ORDER =
      Comparator.comparingInt(TupleRef::partition).thenComparingLong(TupleRef::offset);

  @Override
  public int compareTo(TupleRef other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
