package io.radstream.trainer.tuples;

import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tuples of some ranges of offsets: one bit for each offset. Immutable. */
public final class OffsetSet {

  private record Bits(long begin, BitSet set) {}

  private final Map<Integer, Bits> partitions = new TreeMap<>();

  /**
   * @param ranges at most one of a partition
   * @param members within the ranges
   */
  public OffsetSet(Collection<OffsetRange> ranges, Collection<TupleRef> members) {
    for (OffsetRange range : ranges) {
      partitions.put(range.partition(), new Bits(range.begin(), new BitSet()));
    }
    for (TupleRef member : members) {
      Bits bits = partitions.get(member.partition());
      bits.set().set(Math.toIntExact(member.offset() - bits.begin()));
    }
  }

  public boolean contains(TupleRef ref) {
    Bits bits = partitions.get(ref.partition());
    return bits != null
        && ref.offset() >= bits.begin()
        && bits.set().get(Math.toIntExact(ref.offset() - bits.begin()));
  }

  public int size() {
    return partitions.values().stream().mapToInt(bits -> bits.set().cardinality()).sum();
  }

  /** By partition, then offset. */
  public Stream<TupleRef> stream() {
    return partitions.entrySet().stream()
        .flatMap(
            partition ->
                partition.getValue().set().stream()
                    .mapToObj(
                        bit ->
                            new TupleRef(partition.getKey(), partition.getValue().begin() + bit)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OffsetSet set && partitions.equals(set.partitions);
  }

  @Override
  public int hashCode() {
    return partitions.hashCode();
  }
}
