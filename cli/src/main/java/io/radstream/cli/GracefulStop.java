package io.radstream.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * Lets work tidy up on SIGTERM and Ctrl-C: it is asked to stop, and the process ends once it has. A
 * second signal ends it at once.
 */
final class GracefulStop {

  /** What must not be cut off. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  private GracefulStop() {}

  /**
   * @param requestStop is called from another thread while the work runs
   */
  static void during(Work work, Runnable requestStop) throws IOException, InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> stopAndAwait(requestStop, done), "graceful-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      work.run();
    } finally {
      done.countDown();
      remove(hook);
    }
  }

  private static void stopAndAwait(Runnable requestStop, CountDownLatch done) {
    SecondSignal.endsAtOnce();
    try {
      requestStop.run();
    } finally {
      // Whatever became of asking, the work is not cut off.
      await(done);
    }
  }

  private static void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has run or is about to return.
    }
  }
}
