package io.radstream.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state of one partition of studies: a small record for each study that is open or decided not
 * long ago, and merges of patients. The bytes of studies are on their topic.
 */
final class StudyStore {

  static final String PROGRESS = "progress";
  static final String DUE = "due";
  static final String PATIENTS = "patients";

  /** One entry: it fits into memory. */
  static final String PLACE = "place";

  static final List<String> NAMES = List.of(PROGRESS, DUE, PATIENTS, PLACE);

  private static final Bytes HERE = Bytes.wrap("here".getBytes(StandardCharsets.UTF_8));

  /** So that the newest entry is soon the only one: a task reads the others before it starts. */
  private static final String SMALL_SEGMENT = Integer.toString(1024 * 1024);

  private static final byte[] NOTHING = {};

  private final StageConfig config;
  private final WaitingCount waiting;
  private final KeyValueStore<Bytes, byte[]> progress;

  /** Time and study id, in the order of time; only the keys matter. */
  private final KeyValueStore<Bytes, byte[]> due;

  private final Patients patients;
  private final KeyValueStore<Bytes, byte[]> place;

  /** Nothing in {@link #due} is earlier: most records need no look into it. */
  private long earliestDue;

  private boolean opened;

  /**
   * @param waiting is told of parts that wait
   */
  StudyStore(ProcessorContext<?, ?> context, StageConfig config, WaitingCount waiting) {
    this.config = config;
    this.waiting = waiting;
    this.progress = context.getStateStore(PROGRESS);
    this.due = context.getStateStore(DUE);
    this.patients = new Patients(context.getStateStore(PATIENTS));
    this.place = context.getStateStore(PLACE);
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    boolean inMemory = name.equals(PLACE);
    StoreBuilder<KeyValueStore<Bytes, byte[]>> builder =
        Stores.keyValueStoreBuilder(
            inMemory ? Stores.inMemoryKeyValueStore(name) : Stores.persistentKeyValueStore(name),
            Serdes.Bytes(),
            Serdes.ByteArray());
    if (name.equals(PLACE)) {
      // Written again with each record, of which the changelog need see the last. The others have
      // no cache: its entries hold on to the whole records that they were written for.
      builder.withCachingEnabled();
    }
    return inMemory
        ? builder.withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, SMALL_SEGMENT))
        : builder;
  }

  Place place() {
    return Place.read(place.get(HERE));
  }

  void reached(Place now) {
    place.put(HERE, now.write());
  }

  Patients patients() {
    return patients;
  }

  StudyProgress progress(byte[] studyKey) {
    byte[] bytes = progress.get(Bytes.wrap(studyKey));
    return bytes == null ? StudyProgress.NONE : ProgressCodec.read(bytes, config);
  }

  /**
   * @param before what {@link #progress} says now
   */
  void save(byte[] studyKey, StudyProgress before, StudyProgress after) {
    progress.put(Bytes.wrap(studyKey), ProgressCodec.write(after));
    waiting.changed(before, after);
    Set<String> named = before.patients();
    Set<String> names = after.patients();
    named.stream().filter(it -> !names.contains(it)).forEach(it -> patients.remove(it, studyKey));
    names.stream().filter(it -> !named.contains(it)).forEach(it -> patients.add(it, studyKey));
    if (before.nextDue() != after.nextDue()) {
      noLongerDue(studyKey, before);
      if (after.nextDue() != StudyProgress.NEVER) {
        due.put(dueKey(after.nextDue(), studyKey), NOTHING);
        earliestDue = Math.min(earliestDue, after.nextDue());
      }
    }
  }

  /**
   * Nothing of the study remains.
   *
   * @param before what {@link #progress} says now
   */
  void forget(byte[] studyKey, StudyProgress before) {
    progress.delete(Bytes.wrap(studyKey));
    waiting.changed(before, StudyProgress.NONE);
    noLongerDue(studyKey, before);
    before.patients().forEach(it -> patients.remove(it, studyKey));
  }

  private void noLongerDue(byte[] studyKey, StudyProgress before) {
    if (before.nextDue() != StudyProgress.NEVER) {
      due.delete(dueKey(before.nextDue(), studyKey));
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

  /**
   * Before anything else is asked of it or told it; again does nothing. Takes over what an older
   * version left: of studies that it would remember for ever nothing remains, and the patients of
   * the others become known.
   */
  void open() {
    if (opened) {
      return;
    }
    opened = true;
    List<KeyValue<Bytes, byte[]>> earlier = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = progress.all()) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        if (EarlierProgress.wrote(entry.value)) {
          earlier.add(entry);
        } else {
          waiting.found(ProgressCodec.read(entry.value, config));
        }
      }
    }
    earlier.forEach(entry -> takeOver(entry.key, EarlierProgress.read(entry.value)));
  }

  private void takeOver(Bytes studyKey, EarlierProgress earlier) {
    if (earlier.isForgotten()) {
      progress.delete(studyKey);
      return;
    }
    StudyProgress now = earlier.now(config);
    progress.put(studyKey, ProgressCodec.write(now));
    if (!now.patientId().isEmpty()) {
      patients.add(now.patientId(), studyKey.get());
    }
  }

  /** Nothing more will be asked of it. */
  void leave() {
    waiting.leave();
  }

  /** Big-endian, so that the order of bytes is the order of time. */
  private static Bytes dueKey(long time, byte[] studyKey) {
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + studyKey.length).putLong(time).put(studyKey).array());
  }
}
