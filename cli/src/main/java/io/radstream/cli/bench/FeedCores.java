package io.radstream.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * What the feed's threads have had of the machine's cores, which does not grow while they wait for
 * one: not that of the broker beside them, of the compiler or of collecting garbage.
 */
final class FeedCores {

  private static final Set<String> NAMES =
      Set.of("batch-worker", "batch-feed", "group-reader", "tuple-reader");

  private static final double NANOS = 1e9;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** Of those that are running, since each was started. */
  double seconds() {
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(Objects::nonNull)
            .filter(thread -> NAMES.contains(thread.getThreadName()))
            .mapToLong(ThreadInfo::getThreadId)
            .map(threads::getThreadCpuTime)
            .filter(nanos -> nanos > 0)
            .sum()
        / NANOS;
  }
}
