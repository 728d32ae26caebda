package io.radstream.trainer.ranks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Looks after work that waits for other ranks, from when one of them has gone: an exchange over the
 * engine cannot be interrupted. Work that waits for nobody has the time that it needs: what is
 * being written meanwhile by another thread is not cut off with it. Thread-safe.
 */
public final class Grace implements AutoCloseable {

  /** As long as a pod has to end. */
  private static final Duration FOR_WRITING = Duration.ofMinutes(5);

  private final Duration time;
  private final Runnable stuck;
  private final Thread watching = new Thread(this::watch, "rank-grace");
  private int waiting;
  private int writing;
  private long entered;
  private boolean begun;

  /**
   * @param time for such work to end by itself
   * @param stuck is run, once, where it has not
   */
  public Grace(Duration time, Runnable stuck) {
    this.time = time;
    this.stuck = stuck;
    watching.setDaemon(true);
  }

  /** From now on this process may wait for others. */
  public synchronized void enter() {
    if (waiting++ == 0) {
      entered++;
      notifyAll();
    }
  }

  /** What was entered is over, whatever came of it. */
  public synchronized void leave() {
    waiting--;
    notifyAll();
  }

  /** Something is written that would be lost if this process were cut off. */
  public synchronized void hold() {
    writing++;
  }

  /** What was held for is written, or cannot be. */
  public synchronized void release() {
    writing--;
    notifyAll();
  }

  /** Another has gone. */
  public synchronized void begin() {
    if (!begun) {
      begun = true;
      watching.start();
    }
  }

  private void watch() {
    try {
      while (!isStuck()) {
        // It may come to wait for others again.
      }
      stuck.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isStuck() throws InterruptedException {
    while (waiting == 0) {
      wait();
    }
    long watched = entered;
    long began = System.nanoTime();
    while (waiting > 0 && entered == watched) {
      long most = Math.max(time.toNanos(), writing > 0 ? FOR_WRITING.toNanos() : 0);
      long left = most - (System.nanoTime() - began);
      if (left <= 0) {
        return true;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return false;
  }

  /** Nothing is looked after any more. */
  @Override
  public void close() {
    watching.interrupt();
  }
}
