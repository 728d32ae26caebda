package io.radstream.producers.publish;

import io.radstream.producers.publish.Preparation.Kind;
import io.radstream.producers.publish.Preparation.Outgoing;
import io.radstream.schemas.log.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records and marks in one transaction, so that after a restart nothing is missing and
 * nothing is sent twice. What comes within a moment shares a transaction.
 *
 * <p>A transaction whose outcome is unknown is told as failed. Where it was committed after all, a
 * new producer finds its marks, and whoever sends it again is told that it is there.
 */
final class CommittingOutlet implements Outlet {

  private static final Logger LOG = LoggerFactory.getLogger(CommittingOutlet.class);

  /** How long the first record of a transaction waits for others. */
  private static final Duration LINGER = Duration.ofMillis(20);

  private static final long MOST_BYTES = 32L << 20;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final KafkaClients clients;
  private final Ownership ownership;
  private final Memory memory;
  private final Counts counts;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "publish-commit"));

  /** Outside of all locks, since whoever is told may send the next part at once. */
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(task -> daemon(task, "publish-receipts"));

  private final List<Sending> pending = new ArrayList<>();
  private long pendingBytes;
  private Optional<Producer<String, byte[]>> producer = Optional.empty();
  private volatile Instant retryAt = Instant.MIN;
  private volatile boolean ended;

  /**
   * Takes the publisher's name over from an earlier process.
   *
   * @throws KafkaException where the cluster does not answer, or does not allow it
   */
  CommittingOutlet(
      KafkaClients clients,
      Ownership ownership,
      Memory memory,
      Counts counts,
      InstantSource clock) {
    this.clients = clients;
    this.ownership = ownership;
    this.memory = memory;
    this.counts = counts;
    this.clock = clock;
    Producer<String, byte[]> opened = ownership.take(clients);
    this.producer = Optional.of(opened);
    memory.load();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void send(Sending sending) {
    if (!reopened()) {
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
        producer.orElseThrow().beginTransaction();
        schedule();
      }
      transmit(sending);
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

  private void transmit(Sending sending) {
    for (Outgoing each : sending.records()) {
      // Whatever becomes of it, the commit tells.
      Future<RecordMetadata> unused = producer.orElseThrow().send(each.record());
    }
  }

  private void commit() {
    try {
      producer.orElseThrow().commitTransaction();
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
    boolean concernsOne = concernsOne(failure) && aborted();
    if (!concernsOne) {
      discard(failure);
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

  private boolean aborted() {
    try {
      producer.orElseThrow().abortTransaction();
      return true;
    } catch (KafkaException | IllegalStateException e) {
      LOG.warn("a transaction cannot be given up: {}", e.getMessage());
      return false;
    }
  }

  private static boolean concernsOne(RuntimeException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof ApiException)) {
      cause = cause.getCause();
    }
    return cause instanceof ApiException api && !Deliveries.concernsAll(api);
  }

  private void discard(RuntimeException failure) {
    LOG.warn("the cluster does not take what is published: {}", failure.getMessage());
    producer.ifPresent(it -> it.close(Duration.ZERO));
    producer = Optional.empty();
    retryAt = clock.instant().plus(PAUSE);
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

  /** Back on the cluster, knowing what an unknown outcome was. */
  private boolean reopened() {
    if (producer.isPresent()) {
      return true;
    }
    if (ended || clock.instant().isBefore(retryAt)) {
      return false;
    }
    try {
      memory.load();
      if (ownership.isLost(memory)) {
        LOG.error(
            "another process publishes under the name of this one; give each a --name of its own");
        ended = true;
        return false;
      }
      producer = Optional.of(ownership.take(clients));
      memory.load();
      return true;
    } catch (RuntimeException e) {
      LOG.warn("the cluster cannot be reached, trying again: {}", e.getMessage());
      retryAt = clock.instant().plus(PAUSE);
      return false;
    }
  }

  @Override
  public Optional<String> recall(String markKey) {
    return memory.recall(markKey);
  }

  @Override
  public synchronized int partitions(String topic) {
    if (!reopened()) {
      throw new KafkaException("the cluster does not answer");
    }
    return producer.orElseThrow().partitionsFor(topic).size();
  }

  @Override
  public boolean isOpen() {
    return !ended && !clock.instant().isBefore(retryAt);
  }

  private synchronized void commitPending() {
    if (!pending.isEmpty()) {
      commit();
    }
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
      ended = true;
      producer.ifPresent(Producer::close);
      producer = Optional.empty();
    }
  }
}
