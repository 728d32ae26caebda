package io.radstream.serving.watch;

import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.ModelIdentity;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries alarms out on a thread of its own, so that no answer waits for it. */
public final class AlarmThread implements Watchdog.Alarm, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmThread.class);

  private final Watchdog.Alarm alarm;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(AlarmThread::daemon);

  public AlarmThread(Watchdog.Alarm alarm) {
    this.alarm = alarm;
  }

  private static Thread daemon(Runnable work) {
    Thread made = new Thread(work, "watchdog");
    made.setDaemon(true);
    return made;
  }

  @Override
  public void raise(Role role, ModelIdentity model, Verdict verdict) {
    try {
      thread.execute(() -> carryOut(role, model, verdict));
    } catch (RejectedExecutionException e) {
      LOG.atDebug().log("the service stops: an alarm comes too late");
    }
  }

  private void carryOut(Role role, ModelIdentity model, Verdict verdict) {
    try {
      alarm.raise(role, model, verdict);
    } catch (RuntimeException | Error e) {
      // The thread must be there for the next one.
      LOG.atError().setCause(e).log("a checkpoint that fails could not be taken back");
    }
  }

  /** What has been raised is carried out first. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.atWarn().log("still taking a checkpoint back");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
