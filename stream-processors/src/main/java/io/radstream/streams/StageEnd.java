package io.radstream.streams;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the stage ends: because it is closed, or by itself, and then why. Thread-safe. */
final class StageEnd implements KafkaStreams.StateListener {

  private static final Logger LOG = LoggerFactory.getLogger(StageEnd.class);

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile boolean closing;

  /** It is being closed, and so may stop. */
  void closing() {
    closing = true;
  }

  void closed() {
    end.complete(null);
  }

  /** It cannot go on; what is heard of first is told. */
  void failed(Throwable cause) {
    end.completeExceptionally(cause);
  }

  @Override
  public void onChange(State state, State before) {
    LOG.debug("Stream stage is {}", state);
    boolean stopped = state == State.NOT_RUNNING || state == State.ERROR;
    if (stopped && closing) {
      closed();
    } else if (stopped) {
      failed(new IllegalStateException("Kafka Streams ended by itself; the log has the reason"));
    }
  }

  boolean isKnown() {
    return end.isDone();
  }

  /**
   * Waits for the end.
   *
   * @param alive whether any thread is left to do the work; one that fails over its own failure
   *     tells nobody
   * @return false where it has not come within that time
   * @throws IOException where the stage ended by itself
   */
  boolean await(Duration timeout, BooleanSupplier alive) throws IOException, InterruptedException {
    try {
      end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      requireThread(alive);
      return false;
    } catch (ExecutionException e) {
      throw stopped(e.getCause());
    }
  }

  /**
   * @param alive as above
   * @throws IOException where the end has come, whatever it was
   */
  void requireNotCome(BooleanSupplier alive) throws IOException {
    try {
      if (end.isDone()) {
        end.join();
        throw new IOException("stream stage stopped: it was closed");
      }
      requireThread(alive);
    } catch (CompletionException e) {
      throw stopped(e.getCause());
    }
  }

  private void requireThread(BooleanSupplier alive) throws IOException {
    if (!alive.getAsBoolean() && !closing) {
      throw new IOException("stream stage stopped: it has no thread left; the log has the reason");
    }
  }

  private static IOException stopped(Throwable cause) {
    return new IOException("stream stage stopped: " + cause.getMessage(), cause);
  }
}
