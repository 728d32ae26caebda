package io.radstream.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the feed's threads have had of the machine's cores, which does not grow while they wait for
 * one: not that of the broker beside them, of the compiler or of collecting garbage.
 */
final class FeedCores {

  private static final Set<String> NAMES =
      Set.of("batch-worker", "batch-feed", "group-reader", "tuple-reader");

  private static final double NANOS = 1e9;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** Of each that is running, by its id, since it was started: nanoseconds. */
  Map<Long, Long> now() {
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(Objects::nonNull)
        .filter(thread -> NAMES.contains(thread.getThreadName()))
        .collect(
            Collectors.toMap(
                ThreadInfo::getThreadId,
                thread -> Math.max(0, threads.getThreadCpuTime(thread.getThreadId()))));
  }

  /** Of those that are running, since then. Those of a feed before may have ended meanwhile. */
  double secondsSince(Map<Long, Long> before) {
    return now().entrySet().stream()
            .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
            .filter(nanos -> nanos > 0)
            .sum()
        / NANOS;
  }
}
