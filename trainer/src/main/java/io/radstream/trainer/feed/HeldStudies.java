package io.radstream.trainer.feed;

import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which studies are here or being read, and which of them leave: the least recently used, but none
 * that somebody waits for and none of the last two groups before it was used. Thread-safe.
 */
final class HeldStudies {

  /** One in use, one to come. */
  private static final int GROUPS_AWAITED = 2;

  private final long maxBytes;
  private final Map<TupleRef, HeldStudy> studies = new LinkedHashMap<>(16, 0.75f, true);
  private final Deque<List<HeldStudy>> awaited = new ArrayDeque<>();

  /** Of studies that may leave. */
  private long bytes;

  /**
   * @param maxBytes of studies that may leave
   */
  HeldStudies(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * @return those of the group that were not here and are now to be read
   */
  synchronized List<HeldStudy> enter(Collection<TupleRef> group) {
    List<HeldStudy> missing = new ArrayList<>();
    for (TupleRef ref : group) {
      if (!studies.containsKey(ref)) {
        HeldStudy study = new HeldStudy(ref);
        studies.put(ref, study);
        missing.add(study);
      }
    }
    if (!missing.isEmpty()) {
      await(missing);
    }
    return missing;
  }

  /** Takes the place of what was here. */
  synchronized HeldStudy enterAnew(TupleRef ref) {
    HeldStudy study = new HeldStudy(ref);
    HeldStudy old = studies.put(ref, study);
    bytes -= old != null && old.mayLeave() ? old.weight : 0;
    await(List.of(study));
    return study;
  }

  /** Those of an older group that nobody has asked for may leave. */
  private void await(List<HeldStudy> group) {
    awaited.add(group);
    if (awaited.size() > GROUPS_AWAITED) {
      for (HeldStudy study : awaited.remove()) {
        if (study.awaited) {
          study.awaited = false;
          count(study);
        }
      }
    }
  }

  /**
   * The study, which stays until it has been {@link #used}.
   *
   * @param neighbours what enters along where the study is not here, itself among them
   * @param read is given what has entered
   */
  synchronized HeldStudy expect(
      TupleRef ref, Collection<TupleRef> neighbours, Consumer<List<HeldStudy>> read) {
    if (!studies.containsKey(ref)) {
      read.accept(enter(neighbours));
    }
    HeldStudy study = studies.get(ref);
    if (study.mayLeave()) {
      bytes -= study.weight;
    }
    study.expected++;
    study.awaited = false;
    return study;
  }

  synchronized void used(HeldStudy study) {
    study.expected--;
    count(study);
  }

  synchronized void arrived(HeldStudy study, long weight) {
    study.weight = weight;
    study.read = true;
    count(study);
  }

  /** Among what may leave, and leaves where there is too much; another may have taken its place. */
  private void count(HeldStudy study) {
    if (study.mayLeave() && isHere(study)) {
      bytes += study.weight;
      evict();
    }
  }

  private boolean isHere(HeldStudy study) {
    return studies.get(study.ref()) == study;
  }

  /**
   * As if a group that is not read yet had never entered; unless somebody waits for one of it.
   *
   * @return whether it is so
   */
  synchronized boolean withdraw(List<HeldStudy> group) {
    if (group.stream().anyMatch(study -> study.expected > 0)) {
      return false;
    }
    awaited.removeIf(other -> other == group);
    forget(group);
    return true;
  }

  /** Whoever asks again has them read again. */
  synchronized void forget(Collection<HeldStudy> lost) {
    lost.forEach(study -> studies.remove(study.ref(), study));
  }

  private void evict() {
    Iterator<HeldStudy> oldest = studies.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      HeldStudy study = oldest.next();
      if (study.mayLeave() && study.read) {
        bytes -= study.weight;
        oldest.remove();
      }
    }
  }
}
