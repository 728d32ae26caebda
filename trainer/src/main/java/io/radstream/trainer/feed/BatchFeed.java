package io.radstream.trainer.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Makes batches ahead of time and hands them out in the order of the steps. One thread drafts,
 * others assemble: the batches are the same whatever their number. {@link #take} is for one thread.
 */
public final class BatchFeed implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(200);

  private final Drafts drafts;
  private final Assembling assembling;

  /** Empty behind the last. */
  private final BlockingQueue<Optional<Future<TrainingBatch>>> ahead;

  private final Thread drafting;

  /** Out of the queue, and awaited; of the thread that takes. */
  private Optional<Optional<Future<TrainingBatch>>> head = Optional.empty();

  /**
   * @param prefetch most batches made ahead
   */
  public BatchFeed(Drafts drafts, Assembling assembling, int prefetch) {
    this.drafts = drafts;
    this.assembling = assembling;
    this.ahead = new ArrayBlockingQueue<>(prefetch);
    this.drafting = new Thread(this::draft, "batch-feed");
    drafting.setDaemon(true);
    drafting.start();
  }

  /**
   * The next batch; empty where there is none within that time.
   *
   * @throws IllegalStateException after the last step, and where a batch cannot be made, whatever
   *     the reason, or none will come
   */
  public Optional<TrainingBatch> take(Duration patience) throws InterruptedException {
    return await(patience) ? Optional.of(further(made())) : Optional.empty();
  }

  /**
   * The next batch, where it is made already; empty else.
   *
   * @throws IllegalStateException as above
   */
  public Optional<TrainingBatch> takeReady() throws InterruptedException {
    Optional<Future<TrainingBatch>> next = head.orElseGet(ahead::peek);
    boolean ready = next != null && next.map(Future::isDone).orElse(true);
    return ready ? take(Duration.ZERO) : Optional.empty();
  }

  /**
   * The next batch; waits for it.
   *
   * @throws IllegalStateException as above
   */
  public TrainingBatch take() throws InterruptedException {
    return further(next());
  }

  /** The next batch; waits for it. Empty, once, after the last step. */
  public Optional<TrainingBatch> next() throws InterruptedException {
    while (!await(LOOK)) {
      // None is made yet.
    }
    return made();
  }

  /** Whether the next is made, be it within that time; one may take as long as a broker is away. */
  private boolean await(Duration patience) throws InterruptedException {
    if (head.isEmpty()) {
      head = poll(patience);
    }
    return head.isPresent() && (head.get().isEmpty() || isMade(head.get().get(), patience));
  }

  private static boolean isMade(Future<TrainingBatch> batch, Duration patience)
      throws InterruptedException {
    try {
      batch.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true; // whoever takes it is told
    } catch (TimeoutException e) {
      return false;
    }
  }

  private Optional<TrainingBatch> made() throws InterruptedException {
    Optional<Future<TrainingBatch>> next = head.orElseThrow();
    head = Optional.empty();
    return next.isPresent() ? Optional.of(Studies.get(next.get())) : Optional.empty();
  }

  private Optional<Optional<Future<TrainingBatch>>> poll(Duration patience)
      throws InterruptedException {
    Optional<Future<TrainingBatch>> next = ahead.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null && !drafting.isAlive() && ahead.isEmpty()) {
      throw new IllegalStateException("no batches are made any more");
    }
    return Optional.ofNullable(next);
  }

  private static TrainingBatch further(Optional<TrainingBatch> batch) {
    return batch.orElseThrow(() -> new IllegalStateException("there is no further step"));
  }

  private void draft() {
    try {
      Optional<Draft> draft = drafts.next();
      while (draft.isPresent()) {
        ahead.put(Optional.of(assembling.begin(draft.get())));
        draft = drafts.next();
      }
      ahead.put(Optional.empty());
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Whoever waits for the batch has to know, whatever it is.
      tell(e);
    }
  }

  private void tell(Throwable failure) {
    try {
      ahead.put(Optional.of(CompletableFuture.failedFuture(failure)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Drops what was made ahead; no thread reads for it any more. */
  @Override
  public void close() {
    drafting.interrupt();
    try {
      drafting.join();
      drafts.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
