package io.radstream.producers.dicom.listen;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Something that happens unless it is stopped in time. Used by one thread of Vert.x. */
final class Countdown {

  private static final long STOPPED = -1;

  private final Vertx vertx;
  private final Duration time;
  private final Runnable action;
  private long timer = STOPPED;

  Countdown(Vertx vertx, Duration time, Runnable action) {
    this.vertx = vertx;
    this.time = time;
    this.action = action;
  }

  /** From the beginning, whether it runs or not. */
  void start() {
    stop();
    timer = vertx.setTimer(time.toMillis(), fired -> action.run());
  }

  void stop() {
    if (timer != STOPPED) {
      vertx.cancelTimer(timer);
      timer = STOPPED;
    }
  }
}
