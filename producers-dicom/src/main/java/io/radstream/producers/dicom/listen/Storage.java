package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.Instance;
import io.radstream.producers.dicom.InstanceReader;
import io.radstream.producers.dicom.listen.dimse.Command;
import io.radstream.producers.dicom.listen.dimse.Status;
import io.radstream.producers.notice.Fault;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.SourceItem.Refused;
import io.radstream.schemas.RejectionReason;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From an instance that has come to what the cluster says of it. Thread-safe. */
final class Storage {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

  private final PartSink sink;
  private final InstanceReader reader;
  private final Placements placements;
  private final Answers answers;
  private final Executor workers;
  private final Turnstile turnstile;
  private final AtomicLong numbers = new AtomicLong();
  private final Object copying = new Object();
  private final Phaser inHand = new Phaser(1);

  /**
   * @param workers may be kept waiting where the cluster is slower than what comes
   */
  Storage(
      PartSink sink,
      InstanceReader reader,
      Placements placements,
      Answers answers,
      Executor workers) {
    this.sink = sink;
    this.reader = reader;
    this.placements = placements;
    this.answers = answers;
    this.workers = workers;
    this.turnstile = new Turnstile(workers);
  }

  /**
   * @param peer who sends it, for the site's own list
   * @param told once what the peer is to be answered, on any thread
   */
  void store(StoreRequest request, String peer, Consumer<Status> told) {
    inHand.register();
    Outcome outcome =
        new Outcome(
            status -> {
              told.accept(status);
              inHand.arriveAndDeregister();
            });
    workers.execute(
        () -> guarded(outcome, () -> read(request, origin(request.command(), peer), outcome)));
  }

  /** Returns when all that has come is told. */
  void awaitAll() {
    inHand.arriveAndAwaitAdvance();
  }

  private void read(StoreRequest request, Origin origin, Outcome outcome) {
    long number = numbers.incrementAndGet();
    try {
      Instance instance = reader.read(file(request));
      if (!instance.sopInstanceUid().equals(request.command().sopInstance())) {
        refuse(number, RejectionReason.INVALID_RECORD, Status.OTHER_INSTANCE, origin);
        outcome.tell(Status.OTHER_INSTANCE);
        return;
      }
      String key = "view/" + instance.sopInstanceUid();
      Outcome leaving = new Outcome(status -> leave(key, outcome, status));
      turnstile.enter(
          key, () -> guarded(leaving, () -> place(number, key, instance, origin, leaving)));
    } catch (RefusedStudyException e) {
      Refused refused = new Refused(number, e.reason(), e.getMessage());
      sink.accept(Consignment.of(refused).from(origin), outcome);
    }
  }

  /** One at a time, since for a moment there is all of it twice. */
  private byte[] file(StoreRequest request) {
    synchronized (copying) {
      return request.file();
    }
  }

  private void leave(String key, Outcome outcome, Status status) {
    outcome.tell(status);
    turnstile.leave(key);
  }

  private void refuse(long number, RejectionReason reason, Status status, Origin origin) {
    Refused refused = new Refused(number, reason, status.comment());
    sink.accept(Consignment.of(refused).from(origin), Receipt.NONE);
  }

  private static Origin origin(Command command, String peer) {
    return new Origin(command.sopInstance(), peer);
  }

  /** Counts what was passed over while it came, and answered already. */
  void passedOver(Command command, String peer, Status status) {
    RejectionReason reason =
        status.equals(Status.TOO_LARGE)
            ? RejectionReason.IMAGE_TOO_LARGE
            : RejectionReason.INVALID_RECORD;
    inHand.register();
    workers.execute(
        () -> {
          try {
            refuse(numbers.incrementAndGet(), reason, status, origin(command, peer));
          } finally {
            inHand.arriveAndDeregister();
          }
        });
  }

  private void place(long number, String key, Instance instance, Origin origin, Outcome outcome) {
    Consignment consignment =
        placements.place(sink, number, key, instance.digest(), instance.part());
    sink.accept(consignment.from(origin), outcome);
  }

  /** What one instance does to the program must not leave its sender without an answer. */
  private static void guarded(Outcome outcome, Runnable work) {
    try {
      work.run();
    } catch (OutOfMemoryError e) {
      // Not the reader's doing, which refuses what has no room: it was to be put together.
      LOG.error("not enough memory for an instance; give the process more, or allow less at once");
      outcome.tell(Status.OUT_OF_MEMORY);
    } catch (RuntimeException | Error e) {
      LOG.error("an instance cannot be dealt with: {}", Fault.of(e));
      outcome.tell(Status.PROCESSING_FAILURE);
    }
  }

  /** Tells the first of what it is told. */
  private final class Outcome implements Receipt {

    private final Consumer<Status> told;
    private final AtomicBoolean done = new AtomicBoolean();

    Outcome(Consumer<Status> told) {
      this.told = told;
    }

    void tell(Status status) {
      if (done.compareAndSet(false, true)) {
        told.accept(status);
      }
    }

    @Override
    public void acknowledged() {
      tell(Status.SUCCESS);
    }

    @Override
    public void refused(RejectionReason reason, String explanation) {
      tell(answers.of(reason));
    }

    @Override
    public void failed(String explanation) {
      tell(Status.OUT_OF_RESOURCES);
    }
  }
}
