package io.radstream.producers.publish;

import io.radstream.producers.notice.Fault;
import io.radstream.producers.publish.Preparation.Kind;
import io.radstream.producers.publish.Preparation.Outgoing;
import io.radstream.producers.publish.Preparation.RefusedItemException;
import io.radstream.schemas.RejectionReason;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of one source on their way: made into records by workers, several at a time, and sent
 * in the order in which they came, lane by lane. A heavy one is made by whoever brings it, one at a
 * time, so that the others have the workers for themselves.
 */
final class Publication implements PartSink {

  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

  private static final String MORE_MEMORY =
      "give Java more (-Xmx), or fewer cores (-XX:ActiveProcessorCount), each of which makes a part";

  private static final String NO_MEMORY = "there is not enough memory for a part; " + MORE_MEMORY;

  /** A consignment, and what is to be done with it once it is prepared. */
  private static final class Place {
    private final Consignment consignment;
    private final Receipt receipt;
    private Runnable outcome = () -> {};
    private boolean prepared;

    Place(Consignment consignment, Receipt receipt) {
      this.consignment = consignment;
      this.receipt = receipt;
    }
  }

  private final Preparation preparation;
  private final Outlet outlet;
  private final Counts counts;
  private final Workers workers;
  private final Semaphore room;
  private final Semaphore heavy = new Semaphore(1, true);
  private final PublishProgress progress;
  private final Refusals refusals = new Refusals();
  private final AtomicLong handled = new AtomicLong();
  private final Map<String, Queue<Place>> lanes = new HashMap<>();
  private volatile boolean cutShort;

  Publication(
      Preparation preparation,
      Outlet outlet,
      Counts counts,
      Workers workers,
      PublishProgress progress) {
    this.preparation = preparation;
    this.outlet = outlet;
    this.counts = counts;
    this.workers = workers;
    this.room = new Semaphore(workers.ahead());
    this.progress = progress;
  }

  @Override
  public boolean isOpen() {
    boolean open = outlet.isOpen();
    cutShort |= !open;
    return open;
  }

  @Override
  public Optional<String> recall(String key) {
    return outlet.recall(preparation.markKey(key));
  }

  @Override
  public void accept(Consignment consignment, Receipt receipt) {
    Place place = new Place(consignment, receipt);
    if (consignment.isHeavy()) {
      heavy.acquireUninterruptibly();
      try {
        add(place);
        prepare(place);
      } finally {
        heavy.release();
      }
    } else {
      add(place);
      workers.executor().execute(() -> prepare(place));
    }
  }

  private void add(Place place) {
    room.acquireUninterruptibly();
    synchronized (lanes) {
      lanes.computeIfAbsent(place.consignment.lane(), name -> new ArrayDeque<>()).add(place);
    }
  }

  private void prepare(Place place) {
    Runnable outcome;
    try {
      outcome = outcome(place);
    } catch (OutOfMemoryError e) {
      // Not the part's doing: others have the memory, or Java was given too little.
      LOG.error("not enough memory for a part; {}", MORE_MEMORY);
      outcome = () -> fail(place, new StepUnavailableException(NO_MEMORY, e));
    } catch (RuntimeException | Error e) {
      // What one part does to the program must not hold up the others.
      LOG.error("a part cannot be made into records: {}", Fault.of(e));
      outcome = () -> refuse(place, 0, RejectionReason.OTHER, e.getClass().getSimpleName());
    }
    synchronized (lanes) {
      place.outcome = outcome;
      place.prepared = true;
      advance(place.consignment.lane());
    }
  }

  private void advance(String lane) {
    Queue<Place> places = lanes.get(lane);
    while (!places.isEmpty() && places.peek().prepared) {
      Place next = places.remove();
      next.outcome.run();
      room.release();
      next.consignment.items().forEach(item -> progress.advanced(handled.incrementAndGet()));
    }
    if (places.isEmpty()) {
      lanes.remove(lane);
    }
  }

  private Runnable outcome(Place place) {
    try {
      List<Outgoing> records = preparation.records(place.consignment);
      Map<String, String> marks = new HashMap<>();
      place.consignment.marks().forEach(it -> marks.put(preparation.markKey(it.key()), it.value()));
      Sending sending = new Sending(records, marks, place.receipt);
      return () -> outlet.send(sending);
    } catch (RefusedItemException e) {
      return () -> refuse(place, e.number(), e.reason(), e.getMessage());
    } catch (KafkaException e) {
      return () -> fail(place, e);
    } catch (StepUnavailableException e) {
      return () -> fail(place, e);
    }
  }

  /** As where the registry does not answer: the part itself may be good. */
  private void fail(Place place, RuntimeException failure) {
    counts.of(Kind.STUDY).failed(failure);
    new Sending(List.of(), Map.of(), place.receipt).failed(Deliveries.explain(failure));
  }

  private void refuse(Place place, long number, RejectionReason reason, String explanation) {
    refusals.add(number, reason, explanation);
    try {
      place.receipt.refused(reason, explanation);
    } catch (RuntimeException | Error e) {
      LOG.error("whoever sent a part cannot be told that it is refused: {}", Fault.of(e));
    }
  }

  /** The source will not be taken to its end. */
  void cutShort() {
    cutShort = true;
  }

  /** Returns when all that was accepted is acknowledged, refused or has failed. */
  void finish() {
    room.acquireUninterruptibly(workers.ahead());
    room.release(workers.ahead());
    outlet.flush();
  }

  boolean isComplete() {
    return !cutShort;
  }

  Refusals refusals() {
    return refusals;
  }
}
