package io.radstream.trainer.tuples;

import java.util.List;

/**
 * The studies that a run may learn from: the newest revision of each within the ranges. A pure
 * function of the topic and the ranges.
 *
 * @param ranges one for each partition, by partition
 * @param usable one tuple for each study
 */
public record TupleIndex(List<OffsetRange> ranges, OffsetSet usable) {

  public TupleIndex {
    ranges = List.copyOf(ranges);
  }

  /** Nothing to read. */
  public static TupleIndex empty() {
    return new TupleIndex(List.of(), new OffsetSet(List.of(), List.of()));
  }

  /** Number of studies. */
  public int size() {
    return usable.size();
  }
}
