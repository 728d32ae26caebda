package io.radstream.trainer.feed;

import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayList;
import java.util.Collection;
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
 * of a large one, the studies that are mixed together are read at once. Thread-safe: a thread of
 * its own reads, while whoever asked decodes what was read before.
 */
public final class StudyCache implements AutoCloseable {

  private static final long SECONDS_TO_STOP = 30;

  private final TupleReader reader;
  private final StudyDecoder decoder;
  private final PhaseTimes times;
  private final long maxBytes;
  private final ExecutorService reading = Executors.newSingleThreadExecutor(StudyCache::daemon);
  private final Map<TupleRef, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Of studies that nobody expects. */
  private long bytes;

  /**
   * @param maxBytes of decoded studies; those expected and the last two groups read are held in any
   *     case
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
   * Has the study read where it is not here, and waits for nothing.
   *
   * @param neighbours as above
   * @return waits for the study and decodes it; to be asked once, until when the study stays
   */
  synchronized Supplier<PreparedStudy> expect(
      TupleRef ref, Supplier<? extends Collection<TupleRef>> neighbours) {
    if (!entries.containsKey(ref)) {
      read(neighbours.get());
    }
    Entry entry = entries.get(ref);
    entry.expected++;
    if (entry.expected == 1) {
      bytes -= entry.weight;
    }
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
    if (entry.expected == 0 && entries.get(entry.ref) == entry) {
      bytes += entry.weight;
    }
  }

  /** Holds a study that has been read already. */
  synchronized void put(TupleRef ref, StudyTuple tuple) {
    Entry entry = new Entry(ref);
    Entry old = entries.put(ref, entry);
    bytes -= old == null || old.expected > 0 ? 0 : old.weight;
    arrived(entry, tuple);
    evict(maxBytes);
  }

  private void read(Collection<TupleRef> group) {
    List<Entry> missing = new ArrayList<>();
    for (TupleRef ref : group) {
      if (!entries.containsKey(ref)) {
        Entry entry = new Entry(ref);
        entries.put(ref, entry);
        missing.add(entry);
      }
    }
    reading.execute(() -> load(missing));
  }

  /** Each is there for its worker as soon as it comes, not when all have come. */
  private void load(List<Entry> missing) {
    Map<TupleRef, Entry> open = new HashMap<>();
    missing.forEach(entry -> open.put(entry.ref, entry));
    PhaseTimes.Running fetch = times.begin(Phase.FETCH);
    try {
      reader.read(List.copyOf(open.keySet()), (ref, tuple) -> arrived(open.remove(ref), tuple));
      evict(missing);
    } catch (RuntimeException e) {
      failed(open.values(), e);
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

  private synchronized void evict(List<Entry> group) {
    evict(Math.max(maxBytes, 2 * group.stream().mapToLong(entry -> entry.weight).sum()));
  }

  private synchronized void evict(long limit) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (bytes > limit && oldest.hasNext()) {
      Entry entry = oldest.next();
      if (entry.expected == 0 && entry.read) {
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
    private boolean read;

    Entry(TupleRef ref) {
      this.ref = ref;
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
