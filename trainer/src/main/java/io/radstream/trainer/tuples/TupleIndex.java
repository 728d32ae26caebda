package io.radstream.trainer.tuples;

import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.config.Arrangement;
import java.util.List;

/**
 * The studies that a run may learn from: the newest revision of each within the ranges. A pure
 * function of the topic and the ranges.
 *
 * @param ranges one for each partition, by partition
 * @param usable one tuple for each study
 * @param records all of the ranges, usable or not; none where an older version found the studies
 */
public record TupleIndex(List<OffsetRange> ranges, OffsetSet usable, RecordRanks records) {

  public TupleIndex {
    ranges = List.copyOf(ranges);
  }

  /** Nothing to read. */
  public static TupleIndex empty() {
    return new TupleIndex(List.of(), new OffsetSet(List.of(), List.of()), RecordRanks.none());
  }

  /** Number of studies. */
  public int size() {
    return usable.size();
  }

  /** The ranges with their records. */
  public List<CountedRange> counted() {
    return ranges.stream()
        .map(range -> new CountedRange(range, records.count(range.partition())))
        .toList();
  }

  /** In which a run reads all records of the ranges, usable or not. */
  public RangeShuffle order(long seed, Arrangement arrangement) {
    return switch (arrangement) {
      case OFFSETS -> new RangeShuffle(seed, ranges);
      case RANKS -> new RangeShuffle(seed, ranges, records);
    };
  }
}
