package io.radstream.trainer.feed;

import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The newest tuples of a source that have been learned from, one for each study: those that may be
 * replayed. A function of how far each partition has been read, and of nothing else. For one
 * thread.
 */
final class ReplayWindow {

  private final long perPartition;
  private final NavigableMap<Integer, NavigableMap<Long, String>> offsets = new TreeMap<>();
  private final Map<String, TupleRef> newest = new HashMap<>();

  /**
   * @param perPartition offsets of a partition that the window reaches back
   */
  ReplayWindow(long perPartition) {
    this.perPartition = perPartition;
  }

  /** A tuple was read; older ones of its study, and those too far back, leave. */
  void add(TupleRef ref, String studyId) {
    TupleRef former = newest.put(studyId, ref);
    if (former != null) {
      offsets.get(former.partition()).remove(former.offset());
    }
    NavigableMap<Long, String> partition =
        offsets.computeIfAbsent(ref.partition(), number -> new TreeMap<>());
    partition.put(ref.offset(), studyId);
    NavigableMap<Long, String> left = partition.headMap(ref.offset() - perPartition, true);
    left.values().forEach(newest::remove);
    left.clear();
  }

  /** By partition, then offset. */
  List<TupleRef> refs() {
    List<TupleRef> refs = new ArrayList<>();
    offsets.forEach(
        (partition, studies) ->
            studies.keySet().forEach(offset -> refs.add(new TupleRef(partition, offset))));
    return refs;
  }
}
