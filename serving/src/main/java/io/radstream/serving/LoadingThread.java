package io.radstream.serving;

import io.radstream.model.engine.SpareTime;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BooleanSupplier;

/**
 * The one thread that loads checkpoints and judges them. Once one of them answers, it computes only
 * in time that the answers leave; before that there is nothing to spare for, and a machine that is
 * busy with other programs would keep the service from ever being ready.
 */
final class LoadingThread extends ScheduledThreadPoolExecutor {

  private final BooleanSupplier answering;
  private boolean spare;

  /**
   * @param answering whether a checkpoint is live
   */
  LoadingThread(BooleanSupplier answering) {
    super(1, LoadingThread::daemon, new ThreadPoolExecutor.DiscardPolicy());
    this.answering = answering;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "load-checkpoints");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  protected void afterExecute(Runnable task, Throwable failure) {
    super.afterExecute(task, failure);
    if (!spare && answering.getAsBoolean()) {
      // Linux lets no thread back without rights that a service should not have.
      SpareTime.enter();
      spare = true;
    }
  }
}
