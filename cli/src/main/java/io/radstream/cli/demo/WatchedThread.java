package io.radstream.cli.demo;

/** A thread whose end is seen: what it died of is told to whoever waits for it. */
final class WatchedThread {

  private final Thread thread;
  private volatile Throwable failure;

  WatchedThread(String name, Runnable work) {
    this.thread = new Thread(() -> run(work), name);
  }

  private void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  void start() {
    thread.start();
  }

  /** Waits for its end, also where somebody wants the caller to stop meanwhile. */
  void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @throws IllegalStateException where it died of something
   */
  void requireUnharmed() {
    if (failure != null) {
      throw new IllegalStateException(
          "thread %s ended by itself: %s".formatted(thread.getName(), failure), failure);
    }
  }
}
