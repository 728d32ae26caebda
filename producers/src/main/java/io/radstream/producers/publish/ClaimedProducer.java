package io.radstream.producers.publish;

import io.radstream.schemas.log.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transactional producer that is made anew where the cluster has been away, as long as no other
 * process has taken its name. Not thread-safe, but for {@link #isOpen} and {@link #cutOff}.
 */
final class ClaimedProducer {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimedProducer.class);

  /** From a failure to the next try. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** What is under way is committed, or told as failed, before this begins. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final KafkaClients clients;
  private final Ownership ownership;
  private final Memory memory;
  private final InstantSource clock;
  private Optional<Producer<String, byte[]>> producer;
  private volatile Optional<Producer<String, byte[]>> newest = Optional.empty();
  private volatile Instant retryAt = Instant.MIN;
  private volatile boolean ended;
  private volatile Runnable whenLost = () -> {};

  /**
   * Takes the name over from an earlier process, and reads what that has remembered.
   *
   * @throws KafkaException where the cluster does not answer, or does not allow it
   */
  ClaimedProducer(KafkaClients clients, Ownership ownership, Memory memory, InstantSource clock) {
    this.clients = clients;
    this.ownership = ownership;
    this.memory = memory;
    this.clock = clock;
    this.producer = Optional.of(take());
    memory.load();
  }

  /** Whether records would be taken now; makes a new producer where that is needed. */
  boolean ready() {
    if (producer.isPresent()) {
      return true;
    }
    if (!isOpen()) {
      return false;
    }
    try {
      // Before the name is taken again, so that two processes do not take it in turns.
      memory.load();
      if (ownership.isLost(memory)) {
        LOG.error(
            "another process publishes under the name of this one; give each a --name of its own");
        ended = true;
        whenLost.run();
        return false;
      }
      producer = Optional.of(take());
      memory.load(); // what the former producer's last transaction came to is decided now
      return true;
    } catch (RuntimeException e) {
      LOG.warn("the cluster cannot be reached, trying again: {}", e.getMessage());
      retryAt = clock.instant().plus(PAUSE);
      return false;
    }
  }

  private Producer<String, byte[]> take() {
    Producer<String, byte[]> taken = ownership.open(clients);
    newest = Optional.of(taken);
    if (ended) {
      taken.close(Duration.ZERO);
      throw new KafkaException("publishing has ended");
    }
    ownership.claim(taken);
    return taken;
  }

  /**
   * Whoever waits for the cluster is told at once that it does not answer, and nothing is taken any
   * more.
   */
  void cutOff() {
    ended = true;
    memory.cutOff();
    newest.ifPresent(it -> it.close(Duration.ZERO));
  }

  void begin() {
    producer.orElseThrow().beginTransaction();
  }

  /** Whatever becomes of it, {@link #commit} tells. */
  void send(ProducerRecord<String, byte[]> record) {
    Future<RecordMetadata> unused = producer.orElseThrow().send(record);
  }

  /**
   * @throws RuntimeException where it is not committed, or that is not known
   */
  void commit() {
    producer.orElseThrow().commitTransaction();
  }

  /** Whether the transaction is given up and another one can begin. */
  boolean abort() {
    try {
      producer.orElseThrow().abortTransaction();
      return true;
    } catch (KafkaException | IllegalStateException e) {
      LOG.warn("a transaction cannot be given up: {}", e.getMessage());
      return false;
    }
  }

  /** After a failure that the next record would meet, too. */
  void discard(RuntimeException failure) {
    LOG.warn("the cluster does not take what is published: {}", explain(failure));
    producer.ifPresent(it -> it.close(Duration.ZERO));
    producer = Optional.empty();
    retryAt = clock.instant().plus(PAUSE);
  }

  private static String explain(RuntimeException failure) {
    return failure instanceof ProducerFencedException
            || failure instanceof InvalidProducerEpochException
        ? "another process publishes under the same --name: give each its own, or run one at a time"
        : failure.getMessage();
  }

  int partitions(String topic) {
    if (!ready()) {
      throw new KafkaException("the cluster does not answer");
    }
    return producer.orElseThrow().partitionsFor(topic).size();
  }

  void whenLost(Runnable action) {
    whenLost = action;
  }

  /** False for a while after a failure, and for good where the name is lost. */
  boolean isOpen() {
    return !ended && !clock.instant().isBefore(retryAt);
  }

  void close() {
    ended = true;
    producer.ifPresent(it -> it.close(LAST_WORDS));
    producer = Optional.empty();
  }
}
