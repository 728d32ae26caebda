package io.radstream.serving.checkpoint;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.fleet.JudgingStoppedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares the files of checkpoints with their announcements, each on a thread of its own: a mount
 * whose server is gone can hold whoever reads from it for ever, and nobody can end such a thread. A
 * reading that makes no progress is left alone, and asked for again later; what is whole is not
 * delayed by it for longer than the patience. For one thread, but for {@link #stop}.
 */
final class StoreReader {

  /** As {@link VerifiedCheckpoint#verify}, of one store. */
  @FunctionalInterface
  interface Check {
    CheckpointDirectory verify(CheckpointPublished announced, Runnable read)
        throws RefusedCheckpointException;
  }

  /** A byte comes from any store that goes on within that time. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Each is a thread. */
  private static final int MOST_HANGING = 4;

  private record Reading(CompletableFuture<CheckpointDirectory> result, AtomicLong progress) {}

  private final Check check;
  private final Duration patience;

  /**
   * By the announcement, since another one of the same directory may be of other files: what is
   * found for the one says nothing about the other.
   */
  private final Map<CheckpointPublished, Reading> hanging = new HashMap<>();

  private final CompletableFuture<CheckpointDirectory> stopped = new CompletableFuture<>();

  StoreReader(Check check) {
    this(check, PATIENCE);
  }

  /**
   * @param patience without any progress
   */
  StoreReader(Check check, Duration patience) {
    this.check = check;
    this.patience = patience;
  }

  /**
   * @throws RefusedCheckpointException as {@link VerifiedCheckpoint#verify}, and for now where the
   *     store hangs
   * @throws JudgingStoppedException where the service stops meanwhile
   */
  CheckpointDirectory verified(CheckpointPublished announced) throws RefusedCheckpointException {
    hanging.values().removeIf(reading -> reading.result().isDone());
    Reading reading = hanging.remove(announced);
    if (reading == null) {
      if (hanging.size() >= MOST_HANGING) {
        throw hangs(null);
      }
      reading = begin(announced);
    }
    try {
      return await(reading);
    } catch (TimeoutException e) {
      hanging.put(announced, reading);
      throw hangs(e);
    }
  }

  private static RefusedCheckpointException hangs(TimeoutException cause) {
    return RefusedCheckpointException.forNow("the checkpoint store does not answer", cause);
  }

  private Reading begin(CheckpointPublished announced) {
    CompletableFuture<CheckpointDirectory> result = new CompletableFuture<>();
    AtomicLong progress = new AtomicLong();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(check.verify(announced, progress::incrementAndGet));
              } catch (RefusedCheckpointException | RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            },
            "read-checkpoint");
    thread.setDaemon(true);
    thread.start();
    return new Reading(result, progress);
  }

  private CheckpointDirectory await(Reading reading)
      throws RefusedCheckpointException, TimeoutException {
    CompletableFuture<Object> end = CompletableFuture.anyOf(reading.result(), stopped);
    while (true) {
      long before = reading.progress().get();
      try {
        return (CheckpointDirectory) end.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (reading.progress().get() == before) {
          throw e;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new JudgingStoppedException();
      } catch (ExecutionException e) {
        throw refused(e.getCause());
      }
    }
  }

  private static RefusedCheckpointException refused(Throwable cause) {
    if (cause instanceof JudgingStoppedException e) {
      throw e;
    }
    return cause instanceof RefusedCheckpointException e
        ? e
        : new RefusedCheckpointException("its files cannot be compared: " + cause, cause);
  }

  /** Whoever waits goes on at once; from any thread. */
  void stop() {
    stopped.completeExceptionally(new JudgingStoppedException());
  }
}
