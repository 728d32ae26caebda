package io.radstream.cli.bench;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What plain clients do with the records of a topic: read them, or read them and write them to
 * another one. Partitions are shared out over threads, each with clients of its own.
 */
record RawCopy(KafkaConnection connection, String from, int threads) {

  private static final Duration POLL = Duration.ofSeconds(1);

  /**
   * @return bytes of the values
   */
  long read() throws InterruptedException {
    return inParallel(partitions -> read(partitions, record -> {}));
  }

  /** Reads and writes each record to the other topic, until all are acknowledged. */
  long to(String topic) throws InterruptedException {
    return inParallel(partitions -> copy(partitions, topic));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells of a failure
  private long copy(List<TopicPartition> partitions, String topic) {
    AtomicReference<Exception> failed = new AtomicReference<>();
    try (Producer<String, byte[]> producer = KafkaClients.of(connection).producer()) {
      long bytes =
          read(
              partitions,
              record ->
                  producer.send(
                      new ProducerRecord<>(topic, record.partition(), null, record.value()),
                      (written, failure) -> failed.compareAndSet(null, failure)));
      producer.flush();
      if (failed.get() != null) {
        throw new IllegalStateException("a record could not be written", failed.get());
      }
      return bytes;
    }
  }

  private interface Sink {

    void accept(ConsumerRecord<byte[], byte[]> record);
  }

  private long read(List<TopicPartition> partitions, Sink sink) {
    long bytes = 0;
    try (TopicConsumer log =
        new TopicConsumer(KafkaClients.of(connection).consumer(), from, Patience.limited())) {
      log.assign(partitions);
      partitions.forEach(partition -> log.seek(partition, 0));
      Map<TopicPartition, Long> ends = log.ends(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> log.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : log.await(POLL)) {
          bytes += record.value().length;
          sink.accept(record);
        }
      }
    }
    return bytes;
  }

  private interface Share {

    long of(List<TopicPartition> partitions);
  }

  private long inParallel(Share share) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (List<TopicPartition> partitions : shares()) {
        tasks.add(() -> share.of(partitions));
      }
      long sum = 0;
      for (Future<Long> done : executor.invokeAll(tasks)) {
        sum += done.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IllegalStateException("records cannot be copied: " + e.getCause(), e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private List<List<TopicPartition>> shares() {
    List<List<TopicPartition>> shares = new ArrayList<>();
    try (TopicConsumer log =
        new TopicConsumer(KafkaClients.of(connection).consumer(), from, Patience.limited())) {
      for (TopicPartition partition : log.partitions()) {
        if (shares.size() < threads) {
          shares.add(new ArrayList<>());
        }
        shares.get(partition.partition() % shares.size()).add(partition);
      }
    }
    return shares;
  }
}
