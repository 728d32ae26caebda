package io.radstream.trainer.ledger;

import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicScan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
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
 * <p>Before the ledger is read, a mark is put on each of its partitions: a record without a value.
 * A broker that was shut down while a transaction committed may let the next producer begin before
 * the records of that transaction can be read (seen with Kafka 4.3); what stands before a mark that
 * can be read is decided.
 *
 * <p>A process that opens a line takes it from whoever has it. One that comes back to its line
 * after a failure does not: it reads what was committed meanwhile before it begins anew, since
 * beginning ends the other one's transactions, and gives up where another process has left its mark
 * or gone on with the run. It looks again behind its own new mark, for what another one did in
 * between; then the two of them end, and nothing is there twice.
 */
final class LineTransactions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LineTransactions.class);
  private static final int ATTEMPTS = 60;

  /** Where the last record is that this process wrote behind its marks, and of which run it is. */
  private record Last(String runId, LedgerPosition position) {}

  private final KafkaClients clients;
  private final LineRecords records;
  private final String line;
  private final String id;
  private volatile Producer<String, byte[]> producer;
  private Map<Integer, Long> marks = Map.of();
  private Optional<Last> last = Optional.empty();

  LineTransactions(KafkaClients clients, LineRecords records) {
    this.clients = clients;
    this.records = records;
    this.line = records.line();
    this.id = records.topic() + "." + line;
    this.marks = begin();
  }

  /**
   * With a new producer.
   *
   * @return where the marks are, by partition
   */
  private Map<Integer, Long> begin() {
    Producer<String, byte[]> opened = clients.transactionalProducer(id);
    try {
      opened.initTransactions();
      Map<Integer, Long> written = mark(opened);
      producer = opened;
      return written;
    } catch (IllegalStateException e) {
      opened.close(Duration.ZERO);
      throw e;
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      opened.close(Duration.ZERO);
      throw refused(e);
    } catch (KafkaException e) {
      opened.close(Duration.ZERO);
      throw new LedgerException(
          "cannot open the ledger for line %s: %s; is the broker up, and may this user write with transactional id %s?"
              .formatted(line, e.getMessage(), id),
          e);
    }
  }

  private Map<Integer, Long> mark(Producer<String, byte[]> opened) {
    try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
      List<LedgerPosition> written =
          once(
              opened,
              TopicScan.partitions(consumer, records.topic()).stream()
                  .map(at -> records.mark(at.partition()))
                  .toList());
      new TopicScan(consumer, records.topic())
          .await(
              written.stream()
                  .map(at -> new OffsetRange(at.partition(), at.offset(), at.offset() + 1))
                  .toList());
      return written.stream()
          .collect(Collectors.toMap(LedgerPosition::partition, LedgerPosition::offset));
    }
  }

  /**
   * All of the records or none.
   *
   * @param step for the ledger
   * @param beside what else is published
   * @return where the step is
   * @throws LedgerException where it cannot be written, or another trainer has the line
   */
  LedgerPosition commit(
      ProducerRecord<String, byte[]> step, List<ProducerRecord<String, byte[]>> beside) {
    List<ProducerRecord<String, byte[]>> all = new ArrayList<>(List.of(records.signed(step)));
    all.addAll(beside);
    LedgerPosition written = committed(all);
    last = Optional.of(new Last(step.key(), written));
    return written;
  }

  private LedgerPosition committed(List<ProducerRecord<String, byte[]>> all) {
    for (int attempt = 1; true; attempt++) {
      try {
        return once(producer, all).get(0);
      } catch (ProducerFencedException | InvalidProducerEpochException e) {
        throw refused(e);
      } catch (AuthorizationException e) {
        throw new LedgerException("cannot write the ledger: " + e.getMessage(), e);
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        if (attempt == ATTEMPTS) {
          throw new LedgerException("cannot write the ledger: " + e.getMessage(), e);
        }
        LOG.warn("cannot write the ledger now, trying again: {}", e.getMessage());
        Optional<LedgerPosition> before = recovered(all.get(0));
        if (before.isPresent()) {
          return before.get();
        }
      }
    }
  }

  /** By the broker; of what is known here, that can have two reasons. */
  private LedgerException refused(KafkaException cause) {
    return new LedgerException(
        "another trainer has taken over line %s, or the broker was away for longer than a transaction may take; the same command goes on from the last checkpoint"
            .formatted(line),
        cause);
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

  /** Back on the line; where the record is, if it was committed after all. */
  private Optional<LedgerPosition> recovered(ProducerRecord<String, byte[]> record) {
    producer.close(Duration.ZERO);
    Patience.Wait wait = Patience.limited().begin();
    for (int attempt = 1; true; attempt++) {
      wait.pause();
      try {
        return backOnLine(record);
      } catch (LineTakenException e) {
        producer.close(Duration.ZERO);
        throw e;
      } catch (LedgerException | KafkaException e) {
        producer.close(Duration.ZERO);
        if (attempt == ATTEMPTS) {
          throw new LedgerException("the ledger cannot be reached: " + e.getMessage(), e);
        }
        LOG.warn("the ledger cannot be reached, trying again: {}", e.getMessage());
      }
    }
  }

  private Optional<LedgerPosition> backOnLine(ProducerRecord<String, byte[]> record) {
    Map<Integer, Long> behind = behind(record.key());
    records.find(record, behind); // gives up before it ends what another one has begun
    Map<Integer, Long> again = begin();
    requireBehind(behind, again);
    Optional<LedgerPosition> found = records.find(record, behind);
    marks = again;
    last = Optional.empty();
    return found;
  }

  /**
   * Where to read on for what another process, and what this one may have written last. Another
   * one's marks are on all partitions, so that one of them tells; where this process has not
   * written of the run yet, it may be on any.
   */
  private Map<Integer, Long> behind(String runId) {
    return last.filter(written -> written.runId().equals(runId))
        .map(Last::position)
        .map(at -> Map.of(at.partition(), at.offset()))
        .orElse(marks);
  }

  private static void requireBehind(Map<Integer, Long> before, Map<Integer, Long> marks) {
    before.forEach(
        (partition, offset) -> {
          if (marks.getOrDefault(partition, Long.MAX_VALUE) <= offset) {
            throw new IllegalStateException(
                "partition %d of the ledger ends before what this process wrote at %d; was the topic deleted and made again?"
                    .formatted(partition, offset));
          }
        });
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
  }
}
