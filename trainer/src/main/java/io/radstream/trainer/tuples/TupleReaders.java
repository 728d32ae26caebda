package io.radstream.trainer.tuples;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Readers of one topic side by side, each on a thread of its own and of partitions of its own: one
 * alone reads about a thousand studies a second. For one thread.
 */
public final class TupleReaders implements AutoCloseable {

  private static final long SECONDS_TO_STOP = 30;

  private final String topic;
  private final List<TupleReader> readers;
  private final ExecutorService threads;

  private TupleReaders(String topic, List<TupleReader> readers) {
    this.topic = topic;
    this.readers = readers;
    this.threads = Executors.newFixedThreadPool(readers.size(), TupleReaders::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tuple-reader");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * @param count of readers, at least 1; no more work than there are partitions
   */
  public static TupleReaders open(
      KafkaClients clients, KafkaConnection connection, Topic topic, int count) {
    return new TupleReaders(
        connection.topics().of(topic),
        IntStream.range(0, count)
            .mapToObj(i -> TupleReader.open(clients, connection, topic))
            .toList());
  }

  /** Where a tuple is, for messages. */
  public TuplePlace place(TupleRef ref) {
    return new TuplePlace(topic, ref);
  }

  /**
   * Returns when all have been read, or what could be.
   *
   * @param each is told of every tuple as it comes, once for each ref, on several threads
   * @throws IllegalStateException as {@link TupleReader#read} does
   */
  public void read(Collection<TupleRef> refs, TupleReader.Taker each) {
    List<Future<?>> reading = new ArrayList<>();
    List<List<TupleRef>> shares = shares(refs);
    for (int i = 0; i < shares.size(); i++) {
      TupleReader reader = readers.get(i);
      List<TupleRef> share = shares.get(i);
      reading.add(threads.submit(() -> reader.read(share, each)));
    }
    List<Throwable> failures = new ArrayList<>();
    for (Future<?> share : reading) {
      await(share, failures);
    }
    if (!failures.isEmpty()) {
      raise(failures.get(0));
    }
  }

  /** Whole partitions, in turn. */
  private List<List<TupleRef>> shares(Collection<TupleRef> refs) {
    SortedMap<Integer, List<TupleRef>> partitions = new TreeMap<>();
    for (TupleRef ref : refs) {
      partitions.computeIfAbsent(ref.partition(), partition -> new ArrayList<>()).add(ref);
    }
    List<List<TupleRef>> shares = new ArrayList<>();
    for (int i = 0; i < Math.min(readers.size(), partitions.size()); i++) {
      shares.add(new ArrayList<>());
    }
    int next = 0;
    for (List<TupleRef> partition : partitions.values()) {
      shares.get(next++ % shares.size()).addAll(partition);
    }
    return shares;
  }

  private static void await(Future<?> share, List<Throwable> failures) {
    try {
      share.get();
    } catch (ExecutionException e) {
      failures.add(e.getCause());
    } catch (InterruptedException e) {
      // Whoever interrupts closes next, and this ends the other threads.
      throw new InterruptException(e);
    }
  }

  private static void raise(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        throw new IllegalStateException("reading tuples does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    readers.forEach(TupleReader::close);
  }
}
