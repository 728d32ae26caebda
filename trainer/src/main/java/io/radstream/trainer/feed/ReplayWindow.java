package io.radstream.trainer.feed;

import io.radstream.trainer.config.Arrangement;
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

  private record Member(Arrival arrival, String studyId) {}

  private final long perPartition;
  private final Arrangement arrangement;
  private final NavigableMap<Integer, NavigableMap<Long, Member>> partitions = new TreeMap<>();
  private final Map<String, Arrival> newest = new HashMap<>();

  /**
   * @param perPartition records of a partition that the window reaches back; offsets in the older
   *     arrangement
   */
  ReplayWindow(long perPartition, Arrangement arrangement) {
    this.perPartition = perPartition;
    this.arrangement = arrangement;
  }

  /** A tuple was read; older ones of its study, and those too far back, leave. */
  void add(Arrival arrival, String studyId) {
    Arrival former = newest.put(studyId, arrival);
    if (former != null) {
      partitions.get(former.ref().partition()).remove(place(former));
    }
    NavigableMap<Long, Member> partition =
        partitions.computeIfAbsent(arrival.ref().partition(), number -> new TreeMap<>());
    partition.put(place(arrival), new Member(arrival, studyId));
    NavigableMap<Long, Member> left = partition.headMap(place(arrival) - perPartition, true);
    left.values().forEach(member -> newest.remove(member.studyId()));
    left.clear();
  }

  /** Nothing of a study is to be used any more. */
  void remove(String studyId) {
    Arrival former = newest.remove(studyId);
    if (former != null) {
      partitions.get(former.ref().partition()).remove(place(former));
    }
  }

  private long place(Arrival arrival) {
    return switch (arrangement) {
      case OFFSETS -> arrival.ref().offset();
      case RANKS -> arrival.count();
    };
  }

  /** By partition, then offset. */
  List<Arrival> arrivals() {
    List<Arrival> arrivals = new ArrayList<>();
    partitions
        .values()
        .forEach(members -> members.values().forEach(member -> arrivals.add(member.arrival())));
    return arrivals;
  }
}
