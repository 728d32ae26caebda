package io.radstream.trainer.tuples;

import java.util.List;

/**
 * The studies that a run may learn from: the newest revision of each within the ranges. A pure
 * function of the topic and the ranges.
 *
 * @param ranges one for each partition, by partition
 * @param refs one for each study, ascending
 * @param superseded tuples left out since a newer revision is in the ranges
 * @param invalid records left out since they are no usable tuple
 */
public record TupleIndex(
    List<OffsetRange> ranges, List<TupleRef> refs, long superseded, long invalid) {

  public TupleIndex {
    ranges = List.copyOf(ranges);
    refs = List.copyOf(refs);
  }

  public int size() {
    return refs.size();
  }
}
