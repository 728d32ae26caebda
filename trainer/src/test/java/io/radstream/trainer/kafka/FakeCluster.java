package io.radstream.trainer.kafka;

import io.radstream.schemas.log.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics in memory, behind Kafka's own mock clients: what is produced can be consumed. */
public final class FakeCluster implements KafkaClients {

  private final Map<TopicPartition, TreeMap<Long, byte[]>> logs = new HashMap<>();
  private final Map<String, Long> times = new HashMap<>();
  private long now = ConsumerRecord.NO_TIMESTAMP;
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final Map<TopicPartition, Integer> withheld = new HashMap<>();
  private final Map<TopicPartition, Long> marks = new HashMap<>();
  private final List<Throwable> pollFailures = new ArrayList<>();
  private final List<TopicPartition> seeks = new ArrayList<>();
  private final Map<String, byte[]> keys = new HashMap<>();
  private final Map<String, Headers> headers = new HashMap<>();
  private final Map<String, Integer> fetched = new HashMap<>();
  private final Deque<Runnable> beforeCommits = new ArrayDeque<>();
  private final Deque<Runnable> afterCommits = new ArrayDeque<>();
  private final Map<String, LogProducer> transactional = new HashMap<>();
  private final Set<String> denied = new HashSet<>();
  private final Map<String, Map<String, String>> settings = new HashMap<>();

  /** Positions that consumers last asked for records at. */
  private final Map<TopicPartition, Long> asked = new HashMap<>();

  private boolean refusing;
  private int refusals;

  /** An empty topic. */
  public synchronized FakeCluster topic(String name, int partitions) {
    for (int partition = 0; partition < partitions; partition++) {
      logs.put(new TopicPartition(name, partition), new TreeMap<>());
      marks.remove(new TopicPartition(name, partition));
    }
    return this;
  }

  /** Writes at the end of a partition; gives the offset. */
  public synchronized long append(String topic, int partition, byte[] value) {
    TreeMap<Long, byte[]> log = logs.get(new TopicPartition(topic, partition));
    long offset = next(new TopicPartition(topic, partition));
    log.put(offset, value);
    times.put(new TopicPartition(topic, partition) + "@" + offset, now);
    marks.remove(new TopicPartition(topic, partition));
    withheld.remove(new TopicPartition(topic, partition));
    return offset;
  }

  /** The time of records from now on, in milliseconds; they have none before. */
  public synchronized void time(long time) {
    now = time;
  }

  /** The same with a key. */
  public synchronized long append(String topic, int partition, String key, byte[] value) {
    long offset = append(topic, partition, value);
    keys.put(
        new TopicPartition(topic, partition) + "@" + offset, key.getBytes(StandardCharsets.UTF_8));
    return offset;
  }

  /** Another value in the same place, as no broker would have it. */
  public synchronized void replace(String topic, int partition, long offset, byte[] value) {
    logs.get(new TopicPartition(topic, partition)).put(offset, value);
  }

  /** Other values in the places of all, as no broker would have it. */
  public synchronized void edit(String topic, UnaryOperator<byte[]> change) {
    logs.forEach(
        (at, log) -> {
          if (at.topic().equals(topic)) {
            log.replaceAll((offset, value) -> value == null ? null : change.apply(value));
          }
        });
  }

  /** Consumers do not see the last records of a partition until another one comes. */
  public synchronized void withhold(String topic, int partition, int count) {
    withheld.put(new TopicPartition(topic, partition), count);
  }

  /** As retention does. */
  public synchronized void cut(String topic, int partition, long before) {
    TopicPartition at = new TopicPartition(topic, partition);
    logs.get(at).headMap(before).clear();
    begins.put(at, before);
  }

  /** A record in the middle that a consumer never sees: a control record, or an aborted one. */
  public synchronized void hide(String topic, int partition, long offset) {
    logs.get(new TopicPartition(topic, partition)).remove(offset);
  }

  /** A transaction is committed: its mark takes the next offset, and no consumer sees it. */
  public synchronized void mark(String topic, int partition) {
    marks.merge(new TopicPartition(topic, partition), 1L, Long::sum);
  }

  /** The next polls fail, once for each failure. */
  public synchronized void failPolls(Throwable... failures) {
    pollFailures.addAll(List.of(failures));
  }

  /** Nobody may read the topic any more. */
  public synchronized void deny(String topic) {
    denied.add(topic);
  }

  /** Whether producers fail. */
  public synchronized void refuseRecords(boolean refuse) {
    refusing = refuse;
  }

  /** Waits until a producer has failed so often. */
  public synchronized void awaitRefusals(int count) throws InterruptedException {
    while (refusals < count) {
      wait();
    }
  }

  /**
   * Waits until whoever reads the partition has dealt with all that is there, and asks for more.
   */
  public synchronized void awaitRead(String topic, int partition) throws InterruptedException {
    TopicPartition at = new TopicPartition(topic, partition);
    while (asked.getOrDefault(at, -1L) < next(at)) {
      wait();
    }
  }

  /** Happens in the next commit of a transaction, which fails where this throws. */
  public synchronized void beforeCommit(Runnable happens) {
    beforeCommits.add(happens);
  }

  /** The same, but the transaction is committed then, whatever its producer is told. */
  public synchronized void afterCommit(Runnable happens) {
    afterCommits.add(happens);
  }

  private void happens(Deque<Runnable> events) {
    Runnable next;
    synchronized (this) {
      next = events.poll();
    }
    if (next != null) {
      next.run();
    }
  }

  /** Values on a topic, partition by partition; records without one are left out. */
  public synchronized List<byte[]> values(String topic) {
    return logs.entrySet().stream()
        .filter(log -> log.getKey().topic().equals(topic))
        .flatMap(log -> log.getValue().values().stream())
        .filter(Objects::nonNull)
        .toList();
  }

  /** How often a consumer was sent to an offset. */
  public synchronized int seeks() {
    return seeks.size();
  }

  /** How many records of a topic consumers were given. */
  public synchronized int fetched(String topic) {
    return fetched.getOrDefault(topic, 0);
  }

  /** As somebody has altered it. */
  public synchronized void setting(String topic, String name, String value) {
    settings.put(topic, Map.of(name, value));
  }

  @Override
  public synchronized Map<String, Map<String, String>> settings(Collection<String> topics) {
    Map<String, Map<String, String>> asked = new HashMap<>(settings);
    asked.keySet().retainAll(topics);
    return asked;
  }

  @Override
  public Consumer<byte[], byte[]> consumer() {
    return new LogConsumer();
  }

  @Override
  public Producer<String, byte[]> producer() {
    return new LogProducer();
  }

  @Override
  public Producer<String, byte[]> transactionalProducer(String id) {
    LogProducer former = transactional.get(id);
    if (former != null && !former.closed()) {
      former.fenceProducer();
    }
    transactional.put(id, new LogProducer());
    return transactional.get(id);
  }

  private synchronized boolean isRefusing() {
    refusals += refusing ? 1 : 0;
    notifyAll();
    return refusing;
  }

  /** What is sent in a transaction is there once that is committed. */
  private final class LogProducer extends MockProducer<String, byte[]> {

    private final List<ProducerRecord<String, byte[]>> uncommitted = new ArrayList<>();

    LogProducer() {
      super(true, null, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the mock's offsets are not the log's
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<String, byte[]> record, Callback callback) {
      this.sendException = isRefusing() ? new KafkaException("the broker is away") : null;
      if (sendException != null) {
        return super.send(record, callback);
      }
      if (transactionInFlight()) {
        uncommitted.add(record);
      } else {
        write(record);
      }
      super.send(record, callback);
      TopicPartition at = new TopicPartition(record.topic(), partition(record));
      long before =
          uncommitted.stream()
              .filter(other -> at.equals(new TopicPartition(other.topic(), partition(other))))
              .count();
      long offset = FakeCluster.this.next(at) + before - 1;
      return CompletableFuture.completedFuture(new RecordMetadata(at, offset, 0, 0, 0, 0));
    }

    private static int partition(ProducerRecord<String, byte[]> record) {
      return record.partition() == null ? 0 : record.partition();
    }

    private void write(ProducerRecord<String, byte[]> record) {
      long offset = append(record.topic(), partition(record), record.key(), record.value());
      keepHeaders(record.topic(), partition(record), offset, record.headers());
    }

    @Override
    public void commitTransaction() {
      if (isRefusing()) {
        throw new KafkaException("the broker is away");
      }
      happens(beforeCommits);
      commitNow();
      happens(afterCommits);
    }

    private synchronized void commitNow() {
      super.commitTransaction();
      uncommitted.forEach(this::write);
      uncommitted.clear();
    }
  }

  private synchronized void keepHeaders(String topic, int partition, long offset, Headers kept) {
    headers.put(new TopicPartition(topic, partition) + "@" + offset, kept);
  }

  private synchronized long next(TopicPartition at) {
    TreeMap<Long, byte[]> log = logs.get(at);
    return (log.isEmpty() ? begins.getOrDefault(at, 0L) : log.lastKey() + 1)
        + marks.getOrDefault(at, 0L);
  }

  private final class LogConsumer extends MockConsumer<byte[], byte[]> {

    private static final int RECORDS_A_POLL = 7;

    LogConsumer() {
      super("none");
    }

    @Override
    public synchronized List<PartitionInfo> partitionsFor(String topic) {
      synchronized (FakeCluster.this) {
        return logs.keySet().stream()
            .filter(partition -> partition.topic().equals(topic))
            .map(partition -> new PartitionInfo(topic, partition.partition(), null, null, null))
            .toList();
      }
    }

    @Override
    public synchronized Map<TopicPartition, Long> beginningOffsets(
        Collection<TopicPartition> partitions) {
      synchronized (FakeCluster.this) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(at -> offsets.put(at, begins.getOrDefault(at, 0L)));
        return offsets;
      }
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(
        Collection<TopicPartition> partitions) {
      synchronized (FakeCluster.this) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(at -> offsets.put(at, end(at)));
        return offsets;
      }
    }

    @Override
    public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
      beginningOffsets(partitions).forEach(super::seek);
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      seeks.add(partition);
      super.seek(partition, offset);
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = poll();
      if (records.isEmpty()) {
        try {
          Thread.sleep(1); // a real one waits as well
        } catch (InterruptedException e) {
          throw new InterruptException(e);
        }
      }
      return records;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
      synchronized (FakeCluster.this) {
        if (!pollFailures.isEmpty()) {
          throw unchecked(pollFailures.remove(0));
        }
        for (TopicPartition at : assignment()) {
          if (denied.contains(at.topic())) {
            throw new TopicAuthorizationException(denied);
          }
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new HashMap<>();
        for (TopicPartition at : assignment()) {
          List<ConsumerRecord<byte[], byte[]>> records =
              paused().contains(at) ? List.of() : next(at);
          if (!records.isEmpty()) {
            polled.put(at, records);
          }
        }
        return new ConsumerRecords<>(polled, Map.of());
      }
    }

    private static RuntimeException unchecked(Throwable failure) {
      if (failure instanceof Error error) {
        throw error;
      }
      return (RuntimeException) failure;
    }

    private List<ConsumerRecord<byte[], byte[]>> next(TopicPartition at) {
      long position = position(at);
      asked.put(at, position);
      FakeCluster.this.notifyAll();
      if (position < begins.getOrDefault(at, 0L) || position > FakeCluster.this.next(at)) {
        throw new OffsetOutOfRangeException(Map.of(at, position));
      }
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long next = end(at);
      for (Map.Entry<Long, byte[]> entry : logs.get(at).tailMap(position).entrySet()) {
        if (records.size() == RECORDS_A_POLL) {
          next = entry.getKey();
          break;
        }
        ConsumerRecord<byte[], byte[]> record =
            new ConsumerRecord<>(
                at.topic(),
                at.partition(),
                entry.getKey(),
                times.getOrDefault(at + "@" + entry.getKey(), ConsumerRecord.NO_TIMESTAMP),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                keys.getOrDefault(at + "@" + entry.getKey(), new byte[0]),
                entry.getValue(),
                new RecordHeaders(
                    headers.getOrDefault(at + "@" + entry.getKey(), new RecordHeaders())),
                Optional.empty());
        records.add(record);
      }
      super.seek(at, next);
      fetched.merge(at.topic(), records.size(), Integer::sum);
      return records;
    }

    private long end(TopicPartition at) {
      TreeMap<Long, byte[]> log = logs.get(at);
      return log.isEmpty()
          ? begins.getOrDefault(at, 0L)
          : FakeCluster.this.next(at) - withheld.getOrDefault(at, 0);
    }
  }
}
