package io.radstream.serving.calibration;

import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.log.OffsetRange;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws offsets of a log, the same for one name as long as the log is the same. */
final class DrawnOffsets {

  private DrawnOffsets() {}

  /**
   * @param extents of the log
   * @param most offsets; all where there are no more
   * @param name another one draws others
   * @return offsets by partition
   */
  static Map<Integer, NavigableSet<Long>> of(List<OffsetRange> extents, int most, String name) {
    long all = extents.stream().mapToLong(range -> range.end() - range.begin()).sum();
    Map<Integer, NavigableSet<Long>> offsets = new TreeMap<>();
    if (all <= most) {
      extents.forEach(
          range -> {
            for (long at = range.begin(); at < range.end(); at++) {
              put(offsets, range.partition(), at);
            }
          });
      return offsets;
    }
    CounterRandom random = CounterRandom.of(0, name);
    Set<Long> places = new HashSet<>();
    while (places.size() < most) {
      places.add(random.nextLong(all));
    }
    places.forEach(place -> put(offsets, extents, place));
    return offsets;
  }

  private static void put(
      Map<Integer, NavigableSet<Long>> offsets, List<OffsetRange> extents, long place) {
    long left = place;
    for (OffsetRange range : extents) {
      long length = range.end() - range.begin();
      if (left < length) {
        put(offsets, range.partition(), range.begin() + left);
        return;
      }
      left -= length;
    }
  }

  private static void put(Map<Integer, NavigableSet<Long>> offsets, int partition, long offset) {
    offsets.computeIfAbsent(partition, first -> new TreeSet<>()).add(offset);
  }
}
