package io.radstream.trainer.ledger;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the steps of a model line: each in one transaction with what else the step publishes. A
 * step that is not on the ledger did not happen. Steps may be computed while a transaction commits;
 * the next is written once it has. For one thread.
 */
public final class Ledger implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  /** Seconds that a transaction which is under way is waited for at the end. */
  private static final int PATIENCE = 10;

  private final LineTransactions transactions;
  private final RecordSerde<StepRecord> serde;
  private final String topic;
  private final ExecutorService committing =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "ledger");
            thread.setDaemon(true);
            return thread;
          });
  private Future<LedgerPosition> last;
  private volatile boolean failed;

  private Ledger(LineTransactions transactions, RecordSerde<StepRecord> serde, String topic) {
    this.transactions = transactions;
    this.serde = serde;
    this.topic = topic;
  }

  /**
   * Takes the line on the log: from here on an older process of the line can write nothing, and
   * what it left unfinished is not there.
   *
   * @throws LedgerException where the broker does not answer or refuses
   */
  public static Ledger open(KafkaClients clients, KafkaConnection connection, String line) {
    LineTransactions transactions =
        new LineTransactions(
            clients,
            new LineRecords(
                clients,
                connection.topics().of(Topic.TRAINING_LEDGER),
                line,
                UUID.randomUUID().toString()));
    return new Ledger(
        transactions,
        RecordSerde.of(StepRecord.class, connection),
        connection.topics().of(Topic.TRAINING_LEDGER));
  }

  /**
   * Begins to write a step; returns once the one before is written.
   *
   * @param beside what else the step publishes
   * @throws LedgerException where one could not be written
   */
  public void write(StepRecord step, List<ProducerRecord<String, byte[]>> beside)
      throws InterruptedException {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, step.getRunId(), serde.serializer().serialize(topic, step));
    List<ProducerRecord<String, byte[]>> published = List.copyOf(beside);
    if (last != null) {
      written();
    }
    last = committing.submit(() -> commit(record, published));
  }

  private LedgerPosition commit(
      ProducerRecord<String, byte[]> record, List<ProducerRecord<String, byte[]>> beside) {
    boolean committed = false;
    try {
      LedgerPosition position = transactions.commit(record, beside);
      committed = true;
      return position;
    } finally {
      failed = !committed;
    }
  }

  /** Whether a step could not be written; {@link #written} tells why. From any thread. */
  public boolean hasFailed() {
    return failed;
  }

  /**
   * Waits until everything is written.
   *
   * @return where the last step is
   * @throws LedgerException where it could not be written
   * @throws IllegalStateException where nothing was to be written
   */
  public LedgerPosition written() throws InterruptedException {
    if (last == null) {
      throw new IllegalStateException("nothing was written yet");
    }
    try {
      return last.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LedgerException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new LedgerException("cannot write the ledger: " + e.getCause().getMessage(), e);
    }
  }

  /**
   * What was begun is finished. Where the broker is away that is not waited for: the broker will
   * undo it.
   */
  @Override
  public void close() {
    committing.shutdown();
    try {
      if (!committing.awaitTermination(PATIENCE, TimeUnit.SECONDS)) {
        LOG.warn("the last step cannot be written; it is taken again when the line goes on");
        committing.shutdownNow();
        committing.awaitTermination(PATIENCE, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      committing.shutdownNow();
      Thread.currentThread().interrupt();
    }
    transactions.close();
  }
}
