package io.radstream.streams;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an outage, which is waited out, from an error that needs somebody. Either way the
 * transaction of the failed thread is aborted: its records are read again, nothing is lost.
 */
final class StageFailureHandler implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(StageFailureHandler.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Consumer<Throwable> onFatal;
  private final Duration pause;

  StageFailureHandler(Consumer<Throwable> onFatal) {
    this(onFatal, PAUSE);
  }

  StageFailureHandler(Consumer<Throwable> onFatal, Duration pause) {
    this.onFatal = onFatal;
    this.pause = pause;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable exception) {
    if (isOutage(exception)) {
      LOG.warn("Broker or schema registry does not answer; trying again: {}", root(exception));
      if (pause()) {
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
    }
    // First of all: what is done after an error may fail itself, and then the thread is gone.
    onFatal.accept(root(exception));
    LOG.error("Stream stage stops", exception);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** The failing thread itself waits: otherwise threads would be replaced in a tight loop. */
  private boolean pause() {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A failure of this machine, as a full disk or a lack of memory, is none. */
  private static boolean isOutage(Throwable exception) {
    boolean ofLocalState = false;
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error) {
        return false;
      }
      ofLocalState |= cause instanceof ProcessorStateException;
      if (cause instanceof RetriableException || (cause instanceof IOException && !ofLocalState)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable exception) {
    Throwable cause = exception;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
