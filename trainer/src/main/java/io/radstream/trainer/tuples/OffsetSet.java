package io.radstream.trainer.tuples;

import io.radstream.schemas.log.OffsetRange;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tuples of some ranges of offsets: one bit for each offset. Immutable. */
public final class OffsetSet {

  private record Bits(long begin, BitSet set) {}

  private final Map<Integer, Bits> partitions = new TreeMap<>();

  private OffsetSet(Map<Integer, Bits> partitions) {
    this.partitions.putAll(partitions);
  }

  /**
   * @param ranges one of each partition
   * @param members by partition: one bit for each offset of its range; those beyond it are left out
   */
  static OffsetSet of(Collection<OffsetRange> ranges, Map<Integer, BitSet> members) {
    Map<Integer, Bits> partitions = new TreeMap<>();
    for (OffsetRange range : ranges) {
      BitSet held =
          members.get(range.partition()).get(0, Math.toIntExact(range.end() - range.begin()));
      partitions.put(range.partition(), new Bits(range.begin(), held));
    }
    return new OffsetSet(partitions);
  }

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

  /** One bit for each offset of a range that this set was made over. */
  BitSet within(OffsetRange range) {
    return (BitSet) partitions.get(range.partition()).set().clone();
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
