package io.radstream.streams;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state of one partition of studies. The records' bytes are written once, each under its
 * offset, and never rewritten; the small progress record is what changes.
 */
final class StudyStore {

  static final String PROGRESS = "progress";
  static final String PARTS = "parts";
  static final String DUE = "due";

  private static final byte[] NOTHING = {};

  private final KeyValueStore<Bytes, byte[]> progress;
  private final KeyValueStore<Bytes, byte[]> parts;

  /** Time and study id, in the order of time; only the keys matter. */
  private final KeyValueStore<Bytes, byte[]> due;

  /** Nothing in {@link #due} is earlier: most records need no look into it. */
  private long earliestDue;

  StudyStore(ProcessorContext<?, ?> context) {
    this.progress = context.getStateStore(PROGRESS);
    this.parts = context.getStateStore(PARTS);
    this.due = context.getStateStore(DUE);
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }

  StudyProgress progress(byte[] studyKey) {
    byte[] json = progress.get(Bytes.wrap(studyKey));
    return json == null ? StudyProgress.NONE : StudyProgress.read(json);
  }

  void save(byte[] studyKey, StudyProgress after) {
    StudyProgress before = progress(studyKey);
    progress.put(Bytes.wrap(studyKey), after.write());
    if (before.due() != after.due()) {
      if (before.due() != StudyProgress.NEVER) {
        due.delete(dueKey(before.due(), studyKey));
      }
      if (after.due() != StudyProgress.NEVER) {
        due.put(dueKey(after.due(), studyKey), NOTHING);
        earliestDue = Math.min(earliestDue, after.due());
      }
    }
  }

  /** The study that is due first, if one is due at {@code now} or before. */
  Optional<byte[]> firstDue(long now) {
    if (earliestDue > now) {
      return Optional.empty();
    }
    Bytes from = dueKey(earliestDue, NOTHING);
    Bytes to = dueKey(now + 1, NOTHING);
    try (KeyValueIterator<Bytes, byte[]> entries = due.range(from, to)) {
      if (!entries.hasNext()) {
        earliestDue = now + 1;
        return Optional.empty();
      }
      KeyValue<Bytes, byte[]> first = entries.next();
      ByteBuffer key = ByteBuffer.wrap(first.key.get());
      earliestDue = key.getLong();
      byte[] studyKey = new byte[key.remaining()];
      key.get(studyKey);
      return Optional.of(studyKey);
    }
  }

  void putPart(long offset, byte[] value) {
    parts.put(partKey(offset), value);
  }

  byte[] part(long offset) {
    return parts.get(partKey(offset));
  }

  void deletePart(long offset) {
    parts.delete(partKey(offset));
  }

  private static Bytes partKey(long offset) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
  }

  /** Big-endian, so that the order of bytes is the order of time. */
  private static Bytes dueKey(long time, byte[] studyKey) {
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + studyKey.length).putLong(time).put(studyKey).array());
  }
}
