package io.radstream.trainer.ledger;

import io.radstream.trainer.kafka.KafkaClients;
import io.radstream.trainer.tuples.OffsetRange;
import io.radstream.trainer.tuples.TopicScan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of a model line. Where the broker was away and it is not known whether one was
 * committed, the ledger is asked, so that nothing is there twice. For one thread at a time.
 *
 * <p>Before the ledger is read, a mark is put on it: a record without a value. A broker that was
 * shut down while a transaction committed may let the next producer begin before the records of
 * that transaction can be read (seen with Kafka 4.3); what stands before a mark that can be read is
 * decided.
 */
final class LineTransactions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LineTransactions.class);
  private static final int ATTEMPTS = 60;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final KafkaClients clients;
  private final String ledger;
  private final String line;
  private final String id;
  private Producer<String, byte[]> producer;
  private Optional<LedgerPosition> last = Optional.empty();

  /**
   * @param ledger the topic
   */
  LineTransactions(KafkaClients clients, String ledger, String line) {
    this.clients = clients;
    this.ledger = ledger;
    this.line = line;
    this.id = ledger + "." + line;
    this.producer = begin();
  }

  private Producer<String, byte[]> begin() {
    Producer<String, byte[]> opened = clients.transactionalProducer(id);
    try {
      opened.initTransactions();
      mark(opened);
      return opened;
    } catch (IllegalStateException e) {
      opened.close(Duration.ZERO);
      throw e;
    } catch (KafkaException e) {
      opened.close(Duration.ZERO);
      throw new LedgerException(
          "cannot open the ledger for line %s: %s; is the broker up, and may this user write with transactional id %s?"
              .formatted(line, e.getMessage(), id),
          e);
    }
  }

  private void mark(Producer<String, byte[]> opened) {
    try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
      List<ProducerRecord<String, byte[]>> marks = new ArrayList<>();
      for (TopicPartition partition : TopicScan.partitions(consumer, ledger)) {
        marks.add(new ProducerRecord<>(ledger, partition.partition(), line, null));
      }
      List<OffsetRange> written =
          once(opened, marks).stream()
              .map(at -> new OffsetRange(at.partition(), at.offset(), at.offset() + 1))
              .toList();
      new TopicScan(consumer, ledger).await(written);
    }
  }

  /**
   * All of the records or none.
   *
   * @param records the first of them for the ledger
   * @return where the first is
   */
  LedgerPosition commit(List<ProducerRecord<String, byte[]>> records) throws InterruptedException {
    for (int attempt = 1; true; attempt++) {
      try {
        last = Optional.of(once(producer, records).get(0));
        return last.get();
      } catch (ProducerFencedException | InvalidProducerEpochException e) {
        throw new LedgerException(
            "another trainer has taken over line %s, or the broker was away for longer than a transaction may take; the same command goes on from the last checkpoint"
                .formatted(line),
            e);
      } catch (AuthorizationException e) {
        throw new LedgerException("cannot write the ledger: " + e.getMessage(), e);
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        if (attempt == ATTEMPTS) {
          throw new LedgerException("cannot write the ledger: " + e.getMessage(), e);
        }
        LOG.warn("cannot write the ledger now, trying again: {}", e.getMessage());
        Optional<LedgerPosition> committed = recovered(records.get(0));
        if (committed.isPresent()) {
          last = committed;
          return last.get();
        }
      }
    }
  }

  private static List<LedgerPosition> once(
      Producer<String, byte[]> producer, List<ProducerRecord<String, byte[]>> records) {
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    records.forEach(record -> sent.add(producer.send(record)));
    producer.commitTransaction();
    return sent.stream().map(LineTransactions::position).toList();
  }

  /** Of a record that was committed, so that nothing is waited for. */
  private static LedgerPosition position(Future<RecordMetadata> sent) {
    try {
      RecordMetadata record = sent.get();
      return new LedgerPosition(record.partition(), record.offset());
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** With a new producer; where the record is, if it was committed after all. */
  private Optional<LedgerPosition> recovered(ProducerRecord<String, byte[]> record)
      throws InterruptedException {
    producer.close(Duration.ZERO);
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; true; attempt++) {
      Thread.sleep(pause.toMillis());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
      try {
        producer = begin();
        return find(record);
      } catch (LedgerException | KafkaException e) {
        producer.close(Duration.ZERO);
        if (attempt == ATTEMPTS) {
          throw new LedgerException("the ledger cannot be reached: " + e.getMessage(), e);
        }
        LOG.warn("the ledger cannot be reached, trying again: {}", e.getMessage());
      }
    }
  }

  private Optional<LedgerPosition> find(ProducerRecord<String, byte[]> wanted) {
    List<LedgerPosition> found = new ArrayList<>();
    try (TopicScan scan = new TopicScan(clients.consumer(), ledger)) {
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> compare =
          record -> {
            if (Arrays.equals(record.value(), wanted.value())) {
              found.add(new LedgerPosition(record.partition(), record.offset()));
            }
          };
      if (last.isPresent()) {
        scan.from(last.get().partition(), last.get().offset(), compare);
      } else {
        scan.toEnd(compare);
      }
    }
    return found.stream().findFirst();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
  }
}
