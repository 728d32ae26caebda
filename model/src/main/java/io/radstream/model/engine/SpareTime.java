package io.radstream.model.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that compute only while no other one wants the processor. Niceness is not enough for
 * that: Linux lets a nice thread that is running go on for milliseconds while another one waits.
 */
public final class SpareTime {

  private static final Logger LOG = LoggerFactory.getLogger(SpareTime.class);

  /** Of Linux, sched(7). */
  private static final int SCHED_IDLE = 5;

  private SpareTime() {}

  /**
   * Such a daemon thread; those that it starts are of the kind, too. Where the system knows no such
   * threads it is like all others.
   */
  public static Thread thread(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              enter();
              work.run();
            },
            name);
    thread.setDaemon(true);
    return thread;
  }

  /** The calling thread, and those that it starts, are such from now on. There is no way back. */
  public static void enter() {
    beginTimers();
    only();
  }

  /**
   * Java's thread for timeouts is everybody's, and begun by who needs it first: it would be of the
   * kind for ever if that were such a thread.
   */
  private static void beginTimers() {
    CompletableFuture<?> unused =
        new CompletableFuture<Void>().completeOnTimeout(null, 1, TimeUnit.NANOSECONDS);
  }

  private static void only() {
    try {
      if (Platform.isLinux() && set(SCHED_IDLE) != 0) {
        LOG.warn("the system does not let threads of low priority wait for the others");
      }
    } catch (UnsatisfiedLinkError | RuntimeException e) {
      LOG.atWarn().setCause(e).log("threads of low priority do not wait for the others");
    }
  }

  private static int set(int policy) {
    int ofCaller = 0;
    int[] priority = {0};
    return NativeLibrary.getInstance("c")
        .getFunction("sched_setscheduler")
        .invokeInt(new Object[] {ofCaller, policy, priority});
  }
}
