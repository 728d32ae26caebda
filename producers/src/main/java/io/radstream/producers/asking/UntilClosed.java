package io.radstream.producers.asking;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Pauses of a source that is closed by another thread, which ends the one under way. */
public final class UntilClosed implements Pause, AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);

  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  /**
   * @return false once it is closed, and where the thread was interrupted
   */
  @Override
  public boolean pause(Duration time) {
    try {
      return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
