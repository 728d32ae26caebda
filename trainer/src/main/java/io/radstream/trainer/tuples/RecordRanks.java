package io.radstream.trainer.tuples;

import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which offsets of some ranges hold a record, and the rank of each: how many records of its
 * partition come before it in the range. Marks of transactions, and what was aborted, are no
 * records: offsets depend on when transactions were committed, ranks do not. About a bit for each
 * offset. Immutable.
 */
public final class RecordRanks {

  private record Partition(long begin, RankedBits records) {}

  private final Map<Integer, Partition> partitions = new TreeMap<>();

  private RecordRanks() {}

  /**
   * @param ranges at most one of a partition
   * @param records by partition: one bit for each offset of its range; those beyond it are left out
   */
  static RecordRanks of(Collection<OffsetRange> ranges, Map<Integer, BitSet> records) {
    RecordRanks ranks = new RecordRanks();
    for (OffsetRange range : ranges) {
      int length = Math.toIntExact(range.end() - range.begin());
      BitSet held = records.getOrDefault(range.partition(), new BitSet()).get(0, length);
      ranks.partitions.put(range.partition(), new Partition(range.begin(), new RankedBits(held)));
    }
    return ranks;
  }

  /** Of no partition. */
  static RecordRanks none() {
    return new RecordRanks();
  }

  /**
   * Reads a whole topic, and keeps nothing else of it.
   *
   * @throws IllegalStateException where the topic does not exist
   */
  public static RecordRanks read(KafkaClients clients, String topic) {
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      Map<Integer, BitSet> records = new HashMap<>();
      List<OffsetRange> ranges = scan.toEnd(record -> scan.mark(record, records));
      return of(ranges, records);
    }
  }

  public Set<Integer> partitions() {
    return Set.copyOf(partitions.keySet());
  }

  /** Number of records in a partition's range. */
  public long count(int partition) {
    return partitions.containsKey(partition) ? partitions.get(partition).records().count() : 0;
  }

  /** Of a record; −1 where it is not known. */
  public long rank(TupleRef ref) {
    Partition partition = partitions.get(ref.partition());
    return partition == null || !partition.records().get(ref.offset() - partition.begin())
        ? -1
        : partition.records().rank(Math.toIntExact(ref.offset() - partition.begin()));
  }

  /**
   * Where the record of a rank is.
   *
   * @param rank from 0 to {@link #count} − 1
   */
  public TupleRef at(int partition, long rank) {
    Partition of = partitions.get(partition);
    return new TupleRef(partition, of.begin() + of.records().at(Math.toIntExact(rank)));
  }

  /** One bit for each offset of a range that these were made over. */
  BitSet within(OffsetRange range) {
    return partitions.containsKey(range.partition())
        ? partitions.get(range.partition()).records().toBitSet()
        : new BitSet();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordRanks ranks && partitions.equals(ranks.partitions);
  }

  @Override
  public int hashCode() {
    return partitions.hashCode();
  }
}
