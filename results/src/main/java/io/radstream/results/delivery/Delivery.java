package io.radstream.results.delivery;

import io.radstream.producers.asking.GrowingPauses;
import io.radstream.producers.asking.UntilClosed;
import io.radstream.producers.crosswalk.CrosswalkReader;
import io.radstream.results.delivery.ScoreReader.Read;
import io.radstream.results.destination.Destination;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyScore;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes scores to one destination, on a thread of its own, as one of a group: instances share the
 * partitions. Each is delivered at least once, in the order of its partition; a destination that is
 * away is waited for, and holds up nobody else.
 */
public final class Delivery implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** Tries of a result with which the receiver fails, though it is there. */
  private static final int MOST_FAILURES = 8;

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LAST_WAIT = Duration.ofSeconds(15);

  private final Supplier<DeliverySession> sessions;
  private final Destination destination;
  private final ScoreReader reader;
  private final Withdrawals withdrawals;
  private final DeadLetters deadLetters;
  private final GrowingPauses pauses;
  private final UntilClosed closed;
  private final Tally tally;
  private final Thread thread;
  private volatile boolean begun;
  private volatile boolean failed;

  private Delivery(
      Supplier<DeliverySession> sessions,
      Destination destination,
      ScoreReader reader,
      Withdrawals withdrawals,
      DeadLetters deadLetters,
      GrowingPauses pauses,
      UntilClosed closed) {
    this.sessions = sessions;
    this.destination = destination;
    this.reader = reader;
    this.withdrawals = withdrawals;
    this.deadLetters = deadLetters;
    this.pauses = pauses;
    this.closed = closed;
    this.tally = new Tally(destination.name());
    this.thread = new Thread(this::run, "results-" + destination.name());
    thread.setDaemon(true);
  }

  /**
   * @param group that instances share; one for each destination
   * @param destination closed with this
   * @param crosswalk left open
   * @param withdrawals studies of which nothing is sent; left open
   * @param pauses between two tries
   */
  public static Delivery of(
      KafkaConnection connection,
      String group,
      Begin begin,
      Destination destination,
      CrosswalkReader crosswalk,
      Withdrawals withdrawals,
      GrowingPauses pauses) {
    UntilClosed closed = new UntilClosed();
    String full = connection.topics().prefix() + group;
    return new Delivery(
        () -> DeliverySession.open(connection, full, begin, closed),
        destination,
        new ScoreReader(new RecordReader<>(StudyScore.class, connection), crosswalk, withdrawals),
        withdrawals,
        new DeadLetters(connection),
        pauses,
        closed);
  }

  public void start() {
    thread.start();
  }

  public DeliveryStatus status() {
    return tally.status();
  }

  /** Whether it has a place in its group, so that what comes from now on is delivered. */
  public boolean hasBegun() {
    return begun;
  }

  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Whether it has ended, though nobody has closed it. */
  public boolean hasFailed() {
    return failed;
  }

  private void run() {
    try (destination;
        deadLetters) {
      while (!closed.isClosed() && !withdrawals.areRead(LOOK)) {
        LOG.atDebug().log("waiting for the withdrawals");
      }
      int failures = 0;
      while (!closed.isClosed()) {
        failures = session() ? 1 : failures + 1;
        if (!closed.pause(pauses.after(failures, Duration.ZERO))) {
          return;
        }
      }
    } catch (InterruptException | InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failed = true;
      LOG.atError()
          .addKeyValue("destination", destination.name())
          .setCause(e)
          .log("results are not delivered any more");
    }
  }

  /**
   * @return whether records could be asked for until it ended
   */
  private boolean session() {
    boolean read = false;
    try (DeliverySession session = sessions.get()) {
      begun = true;
      while (!closed.isClosed()) {
        ConsumerRecords<byte[], byte[]> records = session.records();
        read = true;
        for (ConsumerRecord<byte[], byte[]> record : records) {
          if (session.holds(record) && !isDealtWith(session, record) && closed.isClosed()) {
            return read;
          }
        }
        tally.lag(session.lag());
      }
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.atWarn()
          .addKeyValue("destination", destination.name())
          .log("scores cannot be read now; trying again: {}", e.getMessage());
      LOG.atDebug().setCause(e).log("why they cannot be read");
    }
    return read;
  }

  private boolean isDealtWith(DeliverySession session, ConsumerRecord<byte[], byte[]> record) {
    int failures = 0;
    for (int tries = 1; session.holds(record); tries++) {
      Outcome outcome = tried(record);
      if (outcome instanceof Outcome.Failed) {
        failures++;
      }
      if (isSettled(record, outcome, failures)) {
        session.commit(record);
        return true;
      }
      if (!session.pause(pauses.after(tries, leftAlone(outcome)))) {
        return false;
      }
    }
    return false;
  }

  private static Duration leftAlone(Outcome outcome) {
    return outcome instanceof Outcome.Away away ? away.leftAlone() : Duration.ZERO;
  }

  private Outcome tried(ConsumerRecord<byte[], byte[]> record) {
    Read read;
    try {
      read = reader.read(record);
    } catch (IOException e) {
      return new Outcome.Away("the crosswalk cannot be read");
    }
    return read instanceof Read.ToSend toSend
        ? delivered(toSend.result())
        : new Outcome.Unaddressed(((Read.Nothing) read).why());
  }

  private Outcome delivered(Result result) {
    try {
      return destination.deliver(result);
    } catch (RetriableException e) {
      // The cluster's trouble, and not this result's.
      throw e;
    } catch (RuntimeException e) {
      // What one result does to the program must not hold up the others. No message: it may quote.
      LOG.error("a result cannot be sent: {}", e.getClass().getName());
      return new Outcome.Failed("a fault of the sender");
    }
  }

  /** Whether nothing is left to be done. */
  private boolean isSettled(ConsumerRecord<byte[], byte[]> record, Outcome outcome, int failures) {
    if (outcome instanceof Outcome.Delivered) {
      tally.delivered();
      return true;
    }
    if (outcome instanceof Outcome.Unaddressed unaddressed) {
      skip(unaddressed.why());
      return true;
    }
    if (outcome instanceof Outcome.Refused refused) {
      refuse(record, refused.why());
      return true;
    }
    if (outcome instanceof Outcome.Failed failed && failures >= MOST_FAILURES) {
      refuse(record, "%s, %d times".formatted(failed.why(), failures));
      return true;
    }
    retry(outcome instanceof Outcome.Failed failed ? failed.why() : ((Outcome.Away) outcome).why());
    return false;
  }

  private void skip(String why) {
    if (tally.skipped(why)) {
      LOG.atWarn()
          .addKeyValue("destination", destination.name())
          .log("a score is not sent ({}), and further ones are only counted", why);
    }
  }

  private void refuse(ConsumerRecord<byte[], byte[]> record, String why) {
    deadLetters.add(record, destination.name() + ": " + why);
    tally.refused();
    LOG.atWarn()
        .addKeyValue("destination", destination.name())
        .log("a result was refused for good: {}; it is on scores.rejected", why);
  }

  private void retry(String why) {
    if (tally.away(why)) {
      LOG.atWarn()
          .addKeyValue("destination", destination.name())
          .log("a result cannot be delivered now; trying again until it is: {}", why);
    }
  }

  /** Finishes the result in hand, or leaves it to the next one of the group. */
  @Override
  public void close() {
    close(LAST_WAIT);
  }

  /**
   * @param atMost how long the result in hand is waited for
   */
  public void close(Duration atMost) {
    closed.close();
    try {
      thread.join(atMost.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
