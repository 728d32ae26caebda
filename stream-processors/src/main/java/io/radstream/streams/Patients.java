package io.radstream.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which patients are one, and which known studies name which of them. A study keeps the patient
 * that it names; who that is now is looked up, so that a merge changes nothing but a link. Links
 * stay for ever: a later part may name the former patient.
 */
final class Patients {

  /** Former patient to survivor. */
  private static final byte LINK = 'L';

  /** Survivor and former patient: the links backwards. */
  private static final byte FORMER = 'F';

  /** Named patient and study. */
  private static final byte STUDY = 'S';

  private static final byte[] NOTHING = {};

  private final KeyValueStore<Bytes, byte[]> store;

  Patients(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Who the patient is now. */
  String survivor(String patient) {
    String now = patient;
    for (Optional<String> next = next(now); next.isPresent(); next = next(now)) {
      now = next.get();
    }
    return now;
  }

  private Optional<String> next(String patient) {
    return Optional.ofNullable(store.get(key(LINK, patient, NOTHING)))
        .map(survivor -> new String(survivor, StandardCharsets.UTF_8));
  }

  /**
   * From now on the former patient is the survivor. A survivor that had itself been merged into the
   * former one, at whatever remove, stands on its own again: the later merge counts.
   *
   * @return keys of the known studies that may be another patient's now, in a fixed order
   */
  List<byte[]> merge(String former, String survivor) {
    if (next(former).filter(survivor::equals).isPresent()) {
      return List.of();
    }
    List<byte[]> concerned = new ArrayList<>();
    if (passes(survivor, former)) {
      unlink(survivor);
      studiesOfAll(survivor, concerned::add);
    }
    unlink(former);
    store.put(key(LINK, former, NOTHING), survivor.getBytes(StandardCharsets.UTF_8));
    store.put(key(FORMER, survivor, former.getBytes(StandardCharsets.UTF_8)), NOTHING);
    studiesOfAll(former, concerned::add);
    return distinct(concerned);
  }

  private boolean passes(String from, String over) {
    String now = from;
    while (!now.equals(over)) {
      Optional<String> next = next(now);
      if (next.isEmpty()) {
        return false;
      }
      now = next.get();
    }
    return true;
  }

  private void unlink(String former) {
    Optional<String> survivor = next(former);
    if (survivor.isPresent()) {
      store.delete(key(LINK, former, NOTHING));
      store.delete(key(FORMER, survivor.get(), former.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Of the patient and of all that were merged into it. */
  private void studiesOfAll(String patient, Consumer<byte[]> each) {
    Deque<String> open = new ArrayDeque<>(List.of(patient));
    while (!open.isEmpty()) {
      String next = open.remove();
      rests(STUDY, next).forEach(each);
      for (byte[] former : rests(FORMER, next)) {
        open.add(new String(former, StandardCharsets.UTF_8));
      }
    }
  }

  private static List<byte[]> distinct(List<byte[]> keys) {
    Set<Bytes> met = new HashSet<>();
    return keys.stream().filter(key -> met.add(Bytes.wrap(key))).toList();
  }

  void add(String patient, byte[] studyKey) {
    store.put(key(STUDY, patient, studyKey), NOTHING);
  }

  void remove(String patient, byte[] studyKey) {
    store.delete(key(STUDY, patient, studyKey));
  }

  private List<byte[]> rests(byte kind, String patient) {
    Bytes prefix = key(kind, patient, NOTHING);
    int length = prefix.get().length;
    List<byte[]> rests = new ArrayList<>();
    try (BytesSerializer bytes = new BytesSerializer();
        KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, bytes)) {
      entries.forEachRemaining(
          entry -> rests.add(Arrays.copyOfRange(entry.key.get(), length, entry.key.get().length)));
    }
    return rests;
  }

  /** With the patient's length in front, so that no name is the beginning of another. */
  private static Bytes key(byte kind, String patient, byte[] rest) {
    byte[] name = patient.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Integer.BYTES + name.length + rest.length)
            .put(kind)
            .putInt(name.length)
            .put(name)
            .put(rest)
            .array());
  }
}
