package io.radstream.cli.scale;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** For how long partitions stand still that always have something to do. */
final class Standstill {

  private final Map<TopicPartition, Long> since = new HashMap<>();
  private Map<TopicPartition, Long> last;
  private long longest;

  Standstill(Map<TopicPartition, Long> committed) {
    this.last = committed;
    long now = System.nanoTime();
    committed.keySet().forEach(at -> since.put(at, now));
  }

  void look(Map<TopicPartition, Long> committed) {
    long now = System.nanoTime();
    committed.forEach(
        (at, offset) -> {
          longest = Math.max(longest, now - since.get(at));
          if (offset > last.get(at)) {
            since.put(at, now);
          }
        });
    last = committed;
  }

  /**
   * @param nanos by the clock of System.nanoTime
   */
  boolean hasEndedSince(long nanos) {
    return since.values().stream().allMatch(time -> time > nanos);
  }

  long longestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }
}
