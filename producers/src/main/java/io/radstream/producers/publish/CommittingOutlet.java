package io.radstream.producers.publish;

import io.radstream.producers.publish.Preparation.Kind;
import io.radstream.producers.publish.Preparation.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;

/**
 * Sends records and marks in one transaction, so that after a restart nothing is missing and
 * nothing is sent twice. What comes within a moment shares a transaction.
 *
 * <p>A transaction whose outcome is unknown is told as failed. Where it was committed after all, a
 * new producer finds its marks, and whoever sends it again is told that it is there.
 */
final class CommittingOutlet implements Outlet {

  /** How long the first record of a transaction waits for others. */
  private static final Duration LINGER = Duration.ofMillis(20);

  private static final long MOST_BYTES = 32L << 20;

  private final ClaimedProducer producer;
  private final Memory memory;
  private final Counts counts;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "publish-commit"));

  /** Outside of all locks, since whoever is told may send the next part at once. */
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(task -> daemon(task, "publish-receipts"));

  private final List<Sending> pending = new ArrayList<>();
  private long pendingBytes;

  CommittingOutlet(ClaimedProducer producer, Memory memory, Counts counts) {
    this.producer = producer;
    this.memory = memory;
    this.counts = counts;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void send(Sending sending) {
    if (!producer.ready()) {
      fail(List.of(sending), new KafkaException("the cluster does not answer"));
      return;
    }
    if (sending.records().isEmpty() && pending.isEmpty()) {
      teller.execute(sending::acknowledged);
      return;
    }
    pending.add(sending);
    pendingBytes += sending.bytes();
    try {
      if (pending.size() == 1) {
        producer.begin();
        schedule();
      }
      sending.records().forEach(each -> producer.send(each.record()));
    } catch (KafkaException | IllegalStateException e) {
      abandon(e);
      return;
    }
    if (pendingBytes >= MOST_BYTES) {
      commit();
    }
  }

  private void schedule() {
    Future<?> unused =
        timer.schedule(this::commitPending, LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void commitPending() {
    if (!pending.isEmpty()) {
      commit();
    }
  }

  private void commit() {
    try {
      producer.commit();
    } catch (KafkaException | IllegalStateException e) {
      abandon(e);
      return;
    }
    List<Sending> committed = taken();
    committed.forEach(sending -> memory.remember(sending.marks()));
    committed.forEach(this::count);
    teller.execute(() -> committed.forEach(Sending::acknowledged));
  }

  private void count(Sending sending) {
    sending.records().forEach(it -> counts.of(it.kind()).succeeded(it.record().value().length));
  }

  private List<Sending> taken() {
    List<Sending> all = List.copyOf(pending);
    pending.clear();
    pendingBytes = 0;
    return all;
  }

  /** One bad record fails a whole transaction: the others of it are innocent. */
  private void abandon(RuntimeException failure) {
    List<Sending> lost = taken();
    boolean concernsOne = concernsOne(failure) && producer.abort();
    if (!concernsOne) {
      producer.discard(failure);
    }
    if (!concernsOne || lost.size() == 1) {
      fail(lost, failure);
      return;
    }
    for (Sending alone : lost) {
      send(alone);
      commitPending();
    }
  }

  private static boolean concernsOne(RuntimeException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof ApiException)) {
      cause = cause.getCause();
    }
    return cause instanceof ApiException api && !Deliveries.concernsAll(api);
  }

  private void fail(List<Sending> lost, RuntimeException failure) {
    for (Sending sending : lost) {
      for (Outgoing each : sending.records()) {
        if (each.kind() != Kind.MARK) {
          counts.of(each.kind()).failed(failure);
        }
      }
    }
    String explanation = Deliveries.explain(failure);
    teller.execute(() -> lost.forEach(sending -> sending.failed(explanation)));
  }

  @Override
  public Optional<String> recall(String markKey) {
    return memory.recall(markKey);
  }

  @Override
  public synchronized int partitions(String topic) {
    return producer.partitions(topic);
  }

  @Override
  public boolean isOpen() {
    return producer.isOpen();
  }

  @Override
  public void whenLost(Runnable action) {
    producer.whenLost(action);
  }

  @Override
  public void endWithin(Duration most) {
    // Not on the timer, which may be waiting for the cluster itself.
    CompletableFuture.delayedExecutor(most.toMillis(), TimeUnit.MILLISECONDS)
        .execute(producer::cutOff);
  }

  @Override
  public void flush() {
    commitPending();
    CompletableFuture.runAsync(() -> {}, teller).join();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    flush();
    teller.shutdown();
    synchronized (this) {
      producer.close();
    }
  }
}
