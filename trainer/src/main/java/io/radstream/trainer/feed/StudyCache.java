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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Studies in memory, the least recently used leave first. A small dataset is read and decoded once;
 * of a large one, the studies that are mixed together are read at once. Thread-safe: one thread at
 * a time reads, all decode.
 */
public final class StudyCache implements AutoCloseable {

  private final TupleReader reader;
  private final StudyDecoder decoder;
  private final PhaseTimes times;
  private final long maxBytes;
  private final Map<TupleRef, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param maxBytes of decoded studies; the last two groups read are held in any case
   */
  public StudyCache(TupleReader reader, StudyDecoder decoder, PhaseTimes times, long maxBytes) {
    this.reader = reader;
    this.decoder = decoder;
    this.times = times;
    this.maxBytes = maxBytes;
  }

  /**
   * @param neighbours what to read along where the study is not here, itself among them
   */
  public PreparedStudy get(TupleRef ref, Supplier<? extends Collection<TupleRef>> neighbours) {
    return find(ref, neighbours).study(decoder);
  }

  /** Holds a study that has been read already. */
  synchronized void put(TupleRef ref, StudyTuple tuple) {
    Entry entry = new Entry(ref, tuple, decoder.weight(tuple));
    if (entries.put(ref, entry) == null) {
      bytes += entry.weight;
    }
    evict(maxBytes);
  }

  private synchronized Entry find(
      TupleRef ref, Supplier<? extends Collection<TupleRef>> neighbours) {
    Entry held = entries.get(ref);
    return held == null ? load(ref, neighbours.get()) : held;
  }

  private Entry load(TupleRef ref, Collection<TupleRef> group) {
    List<TupleRef> missing = new ArrayList<>(group);
    missing.removeIf(entries::containsKey);
    long added = 0;
    Map<TupleRef, StudyTuple> fetched = times.during(Phase.FETCH, () -> reader.read(missing));
    for (Map.Entry<TupleRef, StudyTuple> read : fetched.entrySet()) {
      Entry entry = new Entry(read.getKey(), read.getValue(), decoder.weight(read.getValue()));
      entries.put(read.getKey(), entry);
      added += entry.weight;
    }
    bytes += added;
    Entry wanted = entries.get(ref);
    evict(Math.max(maxBytes, 2 * added));
    return wanted;
  }

  private void evict(long limit) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (bytes > limit && oldest.hasNext()) {
      bytes -= oldest.next().weight;
      oldest.remove();
    }
  }

  @Override
  public synchronized void close() {
    reader.close();
  }

  /** Encoded until it is first used, so that decoding is spread over the workers. */
  private static final class Entry {

    private final TupleRef ref;
    private final long weight;
    private StudyTuple tuple;
    private PreparedStudy study;

    Entry(TupleRef ref, StudyTuple tuple, long weight) {
      this.ref = ref;
      this.tuple = tuple;
      this.weight = weight;
    }

    synchronized PreparedStudy study(StudyDecoder decoder) {
      if (study == null) {
        study = decoder.decode(tuple, ref);
        tuple = null;
      }
      return study;
    }
  }
}
