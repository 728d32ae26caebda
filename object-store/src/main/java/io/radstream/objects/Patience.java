package io.radstream.objects;

import io.radstream.objects.ObjectStoreException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Asks a store that is away again, until its tries are used up or it is ended. Thread-safe. */
public final class Patience {

  /** Something that is asked of a store. */
  @FunctionalInterface
  public interface Call<T> {

    /**
     * @throws IOException where it comes to nothing
     */
    T answer() throws IOException;
  }

  private final Tries tries;
  private final LongSupplier nanoClock;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean away;

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  public Patience(Tries tries, LongSupplier nanoClock) {
    this.tries = tries;
    this.nanoClock = nanoClock;
  }

  /**
   * Asks until the store is there, or the last try was in vain, or the thread is interrupted.
   *
   * @throws IOException of the last try, or at once where the store was away when this was ended
   */
  public <T> T of(Call<T> call) throws IOException {
    if (isEnded() && away) {
      throw new ObjectStoreException(
          Kind.AWAY, "the store is away, and is not waited for any more", null);
    }
    long start = nanoClock.getAsLong();
    for (Duration pause : tries.pauses()) {
      try {
        return asked(call);
      } catch (ObjectStoreException e) {
        Duration left = tries.longest().minusNanos(nanoClock.getAsLong() - start);
        boolean late = left.isNegative() || left.isZero();
        if (!e.isAway() || late || !passed(pause.compareTo(left) < 0 ? pause : left)) {
          throw e;
        }
      }
    }
    return asked(call);
  }

  private <T> T asked(Call<T> call) throws IOException {
    try {
      T answer = call.answer();
      away = false;
      return answer;
    } catch (ObjectStoreException e) {
      away = e.isAway();
      throw e;
    }
  }

  /** False where there is no next try. */
  private boolean passed(Duration pause) {
    try {
      return !ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isEnded() {
    return ended.getCount() == 0;
  }

  /**
   * From now on nobody waits for a store that is away: pauses end at once, each call has one try,
   * and none once such a try was in vain. Returns at once; may be called from any thread.
   */
  public void end() {
    ended.countDown();
  }
}
