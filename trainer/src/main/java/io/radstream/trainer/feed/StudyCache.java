package io.radstream.trainer.feed;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.TupleReaders;
import io.radstream.trainer.tuples.TupleRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Studies in memory, the least recently used leave first. A small dataset is read and decoded once;
 * of a large one, the studies that are mixed together are read at once, and those of the next group
 * while this one is used. Thread-safe: threads of its own read, while workers decode what was read
 * before.
 */
public final class StudyCache implements AutoCloseable {

  private static final long SECONDS_TO_STOP = 30;

  /** So that two groups leave half of Java's memory for the rest. */
  private static final long MAX_BYTES_AHEAD = Runtime.getRuntime().maxMemory() / 4;

  private final TupleReaders readers;
  private final StudyDecoder decoder;
  private final PhaseTimes times;
  private final long maxBytesAhead;
  private final HeldStudies studies;
  private final ExecutorService reading = Executors.newSingleThreadExecutor(StudyCache::daemon);

  /** Of what was read last; the reading thread's. */
  private long groupBytes;

  /**
   * @param maxBytes of decoded studies; those expected are held in any case, and those of the last
   *     two groups read until they are used
   */
  public StudyCache(TupleReaders readers, StudyDecoder decoder, PhaseTimes times, long maxBytes) {
    this(readers, decoder, times, maxBytes, MAX_BYTES_AHEAD);
  }

  /**
   * @param maxBytesAhead of a group that is read before it is asked for
   */
  StudyCache(
      TupleReaders readers,
      StudyDecoder decoder,
      PhaseTimes times,
      long maxBytes,
      long maxBytesAhead) {
    this.readers = readers;
    this.decoder = decoder;
    this.times = times;
    this.maxBytesAhead = maxBytesAhead;
    this.studies = new HeldStudies(maxBytes);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "group-reader");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits for the study.
   *
   * @param neighbours what to read along where it is not here, itself among them
   */
  public PreparedStudy get(TupleRef ref, Collection<TupleRef> neighbours) {
    HeldStudy held = expect(ref, neighbours);
    try {
      return Studies.get(held.study());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } finally {
      studies.used(held);
    }
  }

  /**
   * Has the study read where it is not here, and used by a worker when it is; waits for nothing.
   *
   * @param neighbours as above
   * @param use until when the study stays
   */
  CompletableFuture<PreparedStudy> ahead(
      TupleRef ref,
      Collection<TupleRef> neighbours,
      Executor workers,
      Consumer<PreparedStudy> use) {
    HeldStudy held = expect(ref, neighbours);
    return held.study()
        .thenApplyAsync(
            study -> {
              use.accept(study);
              return study;
            },
            workers)
        .whenComplete((study, failure) -> studies.used(held));
  }

  private HeldStudy expect(TupleRef ref, Collection<TupleRef> neighbours) {
    return studies.expect(ref, neighbours, missing -> reading.execute(() -> read(missing)));
  }

  /**
   * Has studies read that will be asked for next, behind what is read already, and waits for
   * nothing. Where groups take much of Java's memory, each is read when it is asked for.
   */
  void soon(Collection<TupleRef> group) {
    List<HeldStudy> missing = studies.enter(group);
    if (!missing.isEmpty()) {
      reading.execute(() -> readAhead(missing));
    }
  }

  private void readAhead(List<HeldStudy> group) {
    if (groupBytes < maxBytesAhead || !studies.withdraw(group)) {
      read(group);
    }
  }

  /** Each is there for its worker as soon as it comes, not when all have come. */
  private void read(List<HeldStudy> group) {
    Map<TupleRef, HeldStudy> open = new ConcurrentHashMap<>();
    group.forEach(study -> open.put(study.ref(), study));
    PhaseTimes.Running fetch = times.begin(Phase.FETCH);
    try {
      readers.read(
          List.copyOf(open.keySet()),
          (ref, tuple, time, origin) -> {
            arrived(open.get(ref), tuple, time, origin);
            open.remove(ref);
          });
      groupBytes = group.stream().mapToLong(study -> study.weight).sum();
    } catch (RuntimeException e) {
      failed(open.values(), e);
    } catch (OutOfMemoryError e) {
      failed(
          open.values(),
          new IllegalStateException(
              "%d studies that are mixed together do not fit into Java's memory; give it more, as by RADSTREAM_JAVA_OPTS=-Xmx8g"
                  .formatted(group.size()),
              e));
    } catch (Error e) {
      failed(open.values(), new IllegalStateException("studies cannot be read: " + e, e));
    } finally {
      fetch.end();
    }
  }

  private void arrived(HeldStudy held, StudyTuple tuple, long time, SpanContext origin) {
    PreparedStudy study =
        decoder.decode(tuple, readers.place(held.ref())).withArrival(time, origin);
    studies.arrived(held, decoder.weight(tuple));
    held.study().complete(study);
  }

  private void failed(Collection<HeldStudy> lost, RuntimeException failure) {
    studies.forget(lost);
    lost.forEach(held -> held.study().completeExceptionally(failure));
  }

  /** Holds a study that has been read already. */
  void put(TupleRef ref, StudyTuple tuple, long time, SpanContext origin) {
    arrived(studies.enterAnew(ref), tuple, time, origin);
  }

  @Override
  public void close() {
    reading.shutdownNow();
    try {
      if (!reading.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        throw new IllegalStateException("reading tuples does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    readers.close();
  }
}
