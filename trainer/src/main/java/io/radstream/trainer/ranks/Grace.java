package io.radstream.trainer.ranks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time for work to end by itself. */
public final class Grace {

  private Grace() {}

  /**
   * @param then where the process still is after that time
   */
  public static void after(Duration time, Runnable then) {
    Thread thread =
        new Thread(
            () -> {
              try {
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
                then.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "rank-grace");
    thread.setDaemon(true);
    thread.start();
  }
}
