package io.radstream.serving.search;

import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.schemas.log.UnreadableRecord;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The studies that were withdrawn. A record whose key can be read and nothing else withdraws that
 * study, too: what it says besides is of no matter here. Thread-safe.
 */
final class Withdrawn implements TopicFollower.Listener<StudyWithdrawn> {

  private final Set<String> studies = ConcurrentHashMap.newKeySet();
  private final Consumer<List<String>> told;
  private volatile boolean caughtUp;

  /**
   * @param told of studies that were withdrawn, once {@link #has} says so; also with none, when all
   *     are known that were there at the start
   */
  Withdrawn(Consumer<List<String>> told) {
    this.told = told;
  }

  boolean has(String studyId) {
    return studies.contains(studyId);
  }

  /** Whether all are known that were there at the start. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  @Override
  public void accept(List<StudyWithdrawn> withdrawn, boolean atEnd) {
    add(withdrawn.stream().map(StudyWithdrawn::getStudyId).toList(), atEnd);
  }

  @Override
  public void unreadable(List<UnreadableRecord> records) {
    add(records.stream().flatMap(record -> record.key().stream()).toList(), false);
  }

  private void add(List<String> ids, boolean atEnd) {
    studies.addAll(ids);
    caughtUp |= atEnd;
    told.accept(ids);
  }
}
