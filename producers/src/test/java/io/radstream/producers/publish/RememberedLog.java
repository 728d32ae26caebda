package io.radstream.producers.publish;

import io.radstream.schemas.log.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own mock clients over one log: what was committed is there for the next process. */
final class RememberedLog implements KafkaClients {

  private final String marksTopic;
  private final String studiesTopic;
  private final int partitions;
  private final List<ProducerRecord<String, byte[]>> committed = new ArrayList<>();
  private final Map<String, LogProducer> owners = new HashMap<>();
  private int largest = Integer.MAX_VALUE;
  private boolean away;
  private boolean losesAnswer;
  private boolean silent;
  private final CompletableFuture<Void> waiting = new CompletableFuture<>();

  RememberedLog(String studiesTopic, String marksTopic, int partitions) {
    this.studiesTopic = studiesTopic;
    this.marksTopic = marksTopic;
    this.partitions = partitions;
  }

  /** Larger records fail. */
  synchronized void refuseAbove(int bytes) {
    largest = bytes;
  }

  synchronized void goAway(boolean isAway) {
    away = isAway;
  }

  /** From now on commits wait until their producer is closed. */
  synchronized void fallSilent() {
    silent = true;
  }

  /** Done when a commit waits. */
  CompletableFuture<Void> waiting() {
    return waiting;
  }

  /** The next commit is carried out, but its producer is told that it failed. */
  synchronized void loseNextAnswer() {
    losesAnswer = true;
  }

  synchronized List<ProducerRecord<String, byte[]>> on(String topic) {
    return committed.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  @Override
  public synchronized Consumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    TopicPartition at = new TopicPartition(marksTopic, 0);
    List<ProducerRecord<String, byte[]>> marks = on(marksTopic);
    consumer.updatePartitions(
        marksTopic, List.of(new PartitionInfo(marksTopic, 0, Node.noNode(), null, null)));
    consumer.updateBeginningOffsets(Map.of(at, 0L));
    consumer.updateEndOffsets(Map.of(at, (long) marks.size()));
    consumer.schedulePollTask(
        () -> {
          for (int offset = 0; offset < marks.size(); offset++) {
            ProducerRecord<String, byte[]> mark = marks.get(offset);
            byte[] key = mark.key().getBytes(StandardCharsets.UTF_8);
            consumer.addRecord(new ConsumerRecord<>(marksTopic, 0, offset, key, mark.value()));
          }
        });
    return consumer;
  }

  @Override
  public Producer<String, byte[]> producer() {
    throw new UnsupportedOperationException("a named publisher writes in transactions");
  }

  @Override
  public synchronized Producer<String, byte[]> transactionalProducer(String id) {
    LogProducer former = owners.get(id);
    if (former != null && !former.closed()) {
      former.fenceProducer();
    }
    LogProducer producer = new LogProducer(cluster());
    owners.put(id, producer);
    return producer;
  }

  private Cluster cluster() {
    List<PartitionInfo> infos = new ArrayList<>();
    infos.add(new PartitionInfo(marksTopic, 0, Node.noNode(), null, null));
    for (int partition = 0; partition < partitions; partition++) {
      infos.add(new PartitionInfo(studiesTopic, partition, Node.noNode(), null, null));
    }
    return new Cluster("cluster", List.of(), infos, java.util.Set.of(), java.util.Set.of());
  }

  private final class LogProducer extends MockProducer<String, byte[]> {

    private final List<ProducerRecord<String, byte[]>> uncommitted = new ArrayList<>();
    private boolean broken;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    LogProducer(Cluster cluster) {
      super(cluster, true, null, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void initTransactions() {
      requireThere();
      super.initTransactions();
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<String, byte[]> record, Callback callback) {
      broken |= record.value().length > largest;
      uncommitted.add(record);
      return super.send(record, callback);
    }

    @Override
    public void commitTransaction() {
      requireThere();
      requireAnswer();
      if (broken) {
        throw new KafkaException("in an error state", new RecordTooLargeException("too large"));
      }
      super.commitTransaction();
      synchronized (RememberedLog.this) {
        committed.addAll(uncommitted);
        uncommitted.clear();
        if (losesAnswer) {
          losesAnswer = false;
          throw new org.apache.kafka.common.errors.TimeoutException("no answer in time");
        }
      }
    }

    @Override
    public void abortTransaction() {
      requireThere();
      super.abortTransaction();
      uncommitted.clear();
      broken = false;
    }

    @Override
    public void close(Duration timeout) {
      closed.complete(null);
      super.close(timeout);
    }

    /** As the real one, which waits for an answer until it is closed. */
    private void requireAnswer() {
      synchronized (RememberedLog.this) {
        if (!silent) {
          return;
        }
      }
      waiting.complete(null);
      closed.join();
      throw new KafkaException("the producer is closed");
    }

    private void requireThere() {
      synchronized (RememberedLog.this) {
        if (away) {
          throw new org.apache.kafka.common.errors.TimeoutException("the broker is away");
        }
      }
    }
  }
}
