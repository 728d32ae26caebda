package io.radstream.trainer.feed;

import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Studies in memory, the least recently used leave first. A small dataset is read and decoded once;
 * of a large one, the studies that are mixed together are read at once, and those of the next group
 * while this one is used. Thread-safe: a thread of its own reads, while whoever asked decodes what
 * was read before.
 */
public final class StudyCache implements AutoCloseable {

  private static final long SECONDS_TO_STOP = 30;

  /** One in use, one to come. */
  private static final int GROUPS_AWAITED = 2;

  /** Bytes of a group, so that two of them leave half of the memory for the rest. */
  private static final long MOST_AHEAD = Runtime.getRuntime().maxMemory() / 4;

  private final TupleReader reader;
  private final StudyDecoder decoder;
  private final PhaseTimes times;
  private final long maxBytes;
  private final ExecutorService reading = Executors.newSingleThreadExecutor(StudyCache::daemon);
  private final Map<TupleRef, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private final Deque<List<TupleRef>> awaited = new ArrayDeque<>();

  /** Of studies that may leave. */
  private long bytes;

  /** Of what was read last; the reading thread's. */
  private long groupBytes;

  /**
   * @param maxBytes of decoded studies; those expected are held in any case, and those of the last
   *     two groups read until they are used
   */
  public StudyCache(TupleReader reader, StudyDecoder decoder, PhaseTimes times, long maxBytes) {
    this.reader = reader;
    this.decoder = decoder;
    this.times = times;
    this.maxBytes = maxBytes;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tuple-reader");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * @param neighbours what to read along where the study is not here, itself among them
   */
  public PreparedStudy get(TupleRef ref, Supplier<? extends Collection<TupleRef>> neighbours) {
    return expect(ref, neighbours).get();
  }

  /**
   * Has studies read that will be asked for next, behind what is read already, and waits for
   * nothing. Where such a group takes much of Java's memory, it is read when it is asked for.
   */
  synchronized void soon(Collection<TupleRef> group) {
    List<Entry> missing = enter(group);
    reading.execute(
        () -> {
          if (!leftForLater(missing)) {
            load(missing);
          }
        });
  }

  private synchronized boolean leftForLater(List<Entry> group) {
    if (groupBytes < MOST_AHEAD || group.stream().anyMatch(entry -> entry.expected > 0)) {
      return false;
    }
    group.forEach(entry -> entries.remove(entry.ref, entry));
    return true;
  }

  private List<Entry> enter(Collection<TupleRef> group) {
    List<Entry> missing = new ArrayList<>();
    for (TupleRef ref : group) {
      if (!entries.containsKey(ref)) {
        Entry entry = new Entry(ref);
        entries.put(ref, entry);
        missing.add(entry);
      }
    }
    if (!missing.isEmpty()) {
      await(missing.stream().map(entry -> entry.ref).toList());
    }
    return missing;
  }

  /** Those of an older group that nobody has asked for may leave. */
  private void await(List<TupleRef> group) {
    awaited.add(group);
    if (awaited.size() > GROUPS_AWAITED) {
      for (TupleRef ref : awaited.remove()) {
        Entry entry = entries.get(ref);
        if (entry != null && entry.awaited) {
          entry.awaited = false;
          count(entry);
        }
      }
    }
    evict();
  }

  /**
   * Has the study read where it is not here, and waits for nothing.
   *
   * @param neighbours as above
   * @return waits for the study and decodes it; to be asked once, until when the study stays
   */
  synchronized Supplier<PreparedStudy> expect(
      TupleRef ref, Supplier<? extends Collection<TupleRef>> neighbours) {
    if (!entries.containsKey(ref)) {
      List<Entry> missing = enter(neighbours.get());
      reading.execute(() -> load(missing));
    }
    Entry entry = entries.get(ref);
    if (!entry.isHeld()) {
      bytes -= entry.weight;
    }
    entry.expected++;
    entry.awaited = false;
    return () -> study(entry);
  }

  private PreparedStudy study(Entry entry) {
    try {
      return entry.study(decoder);
    } finally {
      used(entry);
    }
  }

  private synchronized void used(Entry entry) {
    entry.expected--;
    count(entry);
  }

  /** Among what may leave; another may have taken its place. */
  private void count(Entry entry) {
    if (!entry.isHeld() && entries.get(entry.ref) == entry) {
      bytes += entry.weight;
    }
  }

  /** Holds a study that has been read already. */
  synchronized void put(TupleRef ref, StudyTuple tuple) {
    Entry entry = new Entry(ref);
    Entry old = entries.put(ref, entry);
    bytes -= old == null || old.isHeld() ? 0 : old.weight;
    await(List.of(ref));
    arrived(entry, tuple);
  }

  /** Each is there for its worker as soon as it comes, not when all have come. */
  private void load(List<Entry> missing) {
    if (missing.isEmpty()) {
      return;
    }
    Map<TupleRef, Entry> open = new HashMap<>();
    missing.forEach(entry -> open.put(entry.ref, entry));
    PhaseTimes.Running fetch = times.begin(Phase.FETCH);
    try {
      reader.read(List.copyOf(open.keySet()), (ref, tuple) -> arrived(open.remove(ref), tuple));
      groupBytes = missing.stream().mapToLong(entry -> entry.weight).sum();
    } catch (RuntimeException e) {
      failed(open.values(), e);
    } catch (OutOfMemoryError e) {
      failed(
          open.values(),
          new IllegalStateException(
              "%d studies that are mixed together do not fit into Java's memory; give it more, as by RADSTREAM_JAVA_OPTS=-Xmx8g"
                  .formatted(missing.size()),
              e));
    } finally {
      fetch.end();
    }
  }

  private synchronized void arrived(Entry entry, StudyTuple tuple) {
    entry.weight = decoder.weight(tuple);
    entry.read = true;
    count(entry);
    entry.tuple.complete(tuple);
  }

  /** Whoever asks again has them read again. */
  private synchronized void failed(Collection<Entry> lost, RuntimeException failure) {
    for (Entry entry : lost) {
      entries.remove(entry.ref, entry);
      entry.tuple.completeExceptionally(failure);
    }
  }

  private void evict() {
    Iterator<Entry> oldest = entries.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      Entry entry = oldest.next();
      if (!entry.isHeld() && entry.read) {
        bytes -= entry.weight;
        oldest.remove();
      }
    }
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
    reader.close();
  }

  /** Encoded until it is first used, so that decoding is spread over the workers. */
  private static final class Entry {

    private final TupleRef ref;
    private CompletableFuture<StudyTuple> tuple = new CompletableFuture<>();
    private PreparedStudy study;

    // These belong to the cache.
    private long weight;
    private int expected;
    private boolean awaited = true;
    private boolean read;

    Entry(TupleRef ref) {
      this.ref = ref;
    }

    boolean isHeld() {
      return expected > 0 || awaited;
    }

    synchronized PreparedStudy study(StudyDecoder decoder) {
      if (study == null) {
        try {
          study = decoder.decode(Studies.get(tuple), ref);
        } catch (InterruptedException e) {
          throw new InterruptException(e);
        }
        tuple = null;
      }
      return study;
    }
  }
}
