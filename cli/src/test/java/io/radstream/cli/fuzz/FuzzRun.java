package io.radstream.cli.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Throws inputs at a parser, one after the other, and watches what each does. */
final class FuzzRun {

  /** A parser that is at one input from one look to the next does not end. */
  private static final long PATIENCE_SECONDS = 60;

  /** The first ones tell enough. */
  private static final int MOST_FAILURES = 20;

  private static final double MIB = 1 << 20;

  /**
   * What came of it.
   *
   * @param failures each with the input's number
   * @param refused inputs that were refused as documented, by exception or by word
   * @param mostBytes allocated for one input
   * @param mostNanos that one input took
   */
  record Outcome(
      String target,
      long inputs,
      List<String> failures,
      long refused,
      long mostBytes,
      long greediest,
      long mostNanos,
      long slowest) {

    String text() {
      return String.format(
          Locale.ROOT,
          "%-12s %,10d inputs, %,10d refused, at most %.1f MiB (number %d) and %.0f ms (number %d)",
          target,
          inputs,
          refused,
          mostBytes / MIB,
          greediest,
          mostNanos / 1e6,
          slowest);
    }
  }

  private final Target target;
  private final LogWatch log;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private volatile long current;
  private long refused;
  private long mostBytes;
  private long greediest;
  private long mostNanos;
  private long slowest;

  FuzzRun(Target target, LogWatch log) {
    this.target = target;
    this.log = log;
  }

  /** All inputs of these numbers, the last one exclusive. */
  Outcome run(long from, long to) throws InterruptedException {
    ExecutorService thread = Executors.newSingleThreadExecutor(FuzzRun::daemon);
    try {
      watch(thread.submit(() -> all(from, to)));
    } finally {
      thread.shutdownNow();
    }
    return new Outcome(
        target.name(),
        to - from,
        List.copyOf(failures),
        refused,
        mostBytes,
        greediest,
        mostNanos,
        slowest);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fuzz");
    thread.setDaemon(true);
    return thread;
  }

  /** In one go: to hand each one over takes longer than most of them do. */
  private void all(long from, long to) {
    for (long number = from; number < to && failures.size() < MOST_FAILURES; number++) {
      current = number;
      one(number);
    }
  }

  private void watch(Future<?> inputs) throws InterruptedException {
    long before = -1;
    while (true) {
      try {
        inputs.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        long now = current;
        if (now == before) {
          failures.add("%s %d does not end".formatted(target.name(), now));
          return;
        }
        before = now;
      } catch (ExecutionException e) {
        throw new IllegalStateException("%s %d".formatted(target.name(), current), e);
      }
    }
  }

  private void one(long number) {
    byte[] input = target.input(number);
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long began = System.nanoTime();
    try {
      String told = target.parser().parse(input);
      refused += told.isEmpty() ? 0 : 1;
      requireSilent(number, told);
    } catch (Exception e) {
      refused++;
      judge(number, e);
    } catch (Error e) {
      fail(number, e);
    }
    long took = System.nanoTime() - began;
    long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
    if (took > mostNanos) {
      mostNanos = took;
      slowest = number;
    }
    if (allocated > mostBytes) {
      mostBytes = allocated;
      greediest = number;
    }
    log.drain().forEach(line -> requireSilent(number, line));
  }

  private void judge(long number, Exception e) {
    if (target.refusals().stream().anyMatch(kind -> kind.isInstance(e))) {
      requireSilent(number, String.valueOf(e.getMessage()));
    } else {
      fail(number, e);
    }
  }

  private void fail(long number, Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    failures.add(
        "%s %d: %s at %s"
            .formatted(
                target.name(),
                number,
                e,
                Arrays.toString(Arrays.copyOf(trace, Math.min(6, trace.length)))));
  }

  private void requireSilent(long number, String said) {
    if (said.toLowerCase(Locale.ROOT).contains(Target.CANARY.toLowerCase(Locale.ROOT))) {
      failures.add("%s %d tells content: %s".formatted(target.name(), number, said));
    }
  }
}
