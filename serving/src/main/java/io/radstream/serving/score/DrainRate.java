package io.radstream.serving.score;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * How fast studies have been dealt with lately. Time in which there were none does not count. Not
 * thread-safe.
 */
final class DrainRate {

  private static final int LATELY = 64;
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(60);

  /** When each of the last was done, in nanoseconds of work. */
  private final ArrayDeque<Long> done = new ArrayDeque<>();

  private final int atOnce;
  private long worked;
  private long since;
  private boolean working;

  /**
   * @param atOnce so many may be dealt with in one pass; fewer than that say little about how fast
   *     it goes, since the first of a pass took no longer than all of it
   */
  DrainRate(int atOnce) {
    this.atOnce = atOnce;
  }

  /**
   * @param now in nanoseconds, as everywhere here
   */
  void begin(long now) {
    if (!working) {
      working = true;
      since = now;
      if (done.isEmpty()) {
        done.add(worked);
      }
    }
  }

  void pause(long now) {
    worked = worked(now);
    working = false;
  }

  void drained(long now) {
    done.add(worked(now));
    if (done.size() > Math.max(LATELY, atOnce + 1)) {
      done.remove();
    }
  }

  private long worked(long now) {
    return working ? worked + now - since : worked;
  }

  /**
   * When so many will have been dealt with, if it goes on like this: whole seconds, 1 to 60. A
   * second where none has been done yet, and at first rather too early than too late.
   */
  Duration until(int studies, long now) {
    if (done.size() < 2) {
      return LEAST;
    }
    double each = (double) (worked(now) - done.getFirst()) / Math.max(done.size() - 1, atOnce);
    long seconds = (long) Math.ceil(studies * each / Duration.ofSeconds(1).toNanos());
    return Duration.ofSeconds(Math.max(LEAST.toSeconds(), Math.min(MOST.toSeconds(), seconds)));
  }
}
