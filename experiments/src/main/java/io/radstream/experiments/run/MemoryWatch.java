package io.radstream.experiments.run;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Sees how much of a device's memory a cell takes at most, by looking again and again. */
final class MemoryWatch {

  /** Others may take more than the first did; and what is left over is left to the device. */
  private static final double SHARE = 0.8;

  private static final Duration EVERY = Duration.ofMillis(500);

  private final FreeMemory memory;
  private final long free;
  private final AtomicLong least;

  private MemoryWatch(FreeMemory memory, long free) {
    this.memory = memory;
    this.free = free;
    this.least = new AtomicLong(free);
  }

  private void look() {
    memory.bytes().ifPresent(bytes -> least.accumulateAndGet(bytes, Math::min));
  }

  private void lookOn() {
    try {
      while (true) {
        look();
        Thread.sleep(EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param cell takes memory while it is done
   * @param most cells that are asked for
   */
  static MeasuredRoom during(Runnable cell, int most, FreeMemory memory) {
    OptionalLong free = memory.bytes();
    if (free.isEmpty()) {
      cell.run();
      return new MeasuredRoom(1, OptionalLong.empty(), OptionalLong.empty());
    }
    MemoryWatch watch = new MemoryWatch(memory, free.getAsLong());
    Thread thread = new Thread(watch::lookOn, "memory-watch");
    thread.setDaemon(true);
    thread.start();
    try {
      cell.run();
      watch.look();
    } finally {
      thread.interrupt();
    }
    return watch.room(most);
  }

  private MeasuredRoom room(int most) {
    long taken = Math.max(1, free - least.get());
    long cells = Math.max(1, Math.min(most, (long) (SHARE * free / taken)));
    return new MeasuredRoom((int) cells, OptionalLong.of(taken), OptionalLong.of(free));
  }
}
