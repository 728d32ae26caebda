package io.radstream.serving.freshness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a model line has read for the first time at which step, and since when a checkpoint with
 * that step behind it is live; in bounded memory. Not thread-safe.
 */
final class LineReads {

  static final int MOST = 1024;

  /** Studies that a live checkpoint has learned from now, the first to do so. */
  record Fresh(FirstRead studies, Instant live) {}

  private final TreeMap<Long, FirstRead> waiting = new TreeMap<>();

  /** When the newest study arrived that had been read up to a step. */
  private final TreeMap<Long, Double> newest = new TreeMap<>();

  /** Since when a step is live; empty where it may have been so before this service began. */
  private final TreeMap<Long, Optional<Instant>> live = new TreeMap<>();

  private String runId = "";

  /** Takes what a run tells; a new run of the line takes the steps from there on anew. */
  List<Fresh> read(String run, FirstRead read) {
    if (!run.equals(runId)) {
      runId = run;
      // What is live was kept, so that no step behind it is taken anew.
      waiting.tailMap(read.step(), true).clear();
      newest.tailMap(read.step(), true).clear();
    }
    Map.Entry<Long, Double> before = newest.floorEntry(read.step());
    newest.put(
        read.step(), before == null ? read.newest() : Math.max(before.getValue(), read.newest()));
    waiting.merge(read.step(), read, FirstRead::and);
    shrink();
    return fresh();
  }

  /**
   * Takes which step answers; one that has answered before makes nothing fresh.
   *
   * @param isFirst whether no checkpoint of the line can have answered before this one
   */
  List<Fresh> live(long step, Instant now, boolean isFirst) {
    if (live.isEmpty()) {
      live.put(step, Optional.of(now).filter(since -> isFirst));
    } else if (step > live.lastKey()) {
      live.put(step, Optional.of(now));
    }
    shrink();
    return fresh();
  }

  private List<Fresh> fresh() {
    List<Fresh> fresh = new ArrayList<>();
    if (!live.isEmpty()) {
      Map<Long, FirstRead> learned = waiting.headMap(live.lastKey(), true);
      for (FirstRead read : learned.values()) {
        live.ceilingEntry(read.step())
            .getValue()
            .ifPresent(since -> fresh.add(new Fresh(read, since)));
      }
      learned.clear();
    }
    return fresh;
  }

  /** When the newest study arrived that a checkpoint of this step has learned from. */
  OptionalDouble newestAt(long step) {
    Map.Entry<Long, Double> known = newest.floorEntry(step);
    return known == null ? OptionalDouble.empty() : OptionalDouble.of(known.getValue());
  }

  private void shrink() {
    if (waiting.size() > MOST) {
      FirstRead first = waiting.pollFirstEntry().getValue();
      waiting.merge(waiting.firstKey(), first, (second, old) -> old.and(second));
    }
    if (newest.size() > MOST) {
      newest.pollFirstEntry();
    }
    if (live.size() > MOST) {
      live.pollFirstEntry();
    }
  }
}
