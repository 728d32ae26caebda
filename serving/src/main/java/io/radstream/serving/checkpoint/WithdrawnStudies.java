package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.StudySeen;
import io.radstream.schemas.StudyWithdrawn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which withdrawn studies a checkpoint has seen: those that its own run had read by its step, and
 * those that its parent has seen. Every announcement is kept, since a long line's first checkpoints
 * matter to its last. Not thread-safe.
 */
final class WithdrawnStudies {

  private record Origin(String runId, long step, Optional<String> parent) {}

  private final Map<String, Origin> origins = new HashMap<>();

  /** Run to withdrawn study to the first step that read it. */
  private final Map<String, Map<String, Long>> firstReads = new HashMap<>();

  /** What has been worked out; where a checkpoint is in here, so is all that it grew out of. */
  private final Map<String, Set<String>> seen = new HashMap<>();

  /**
   * @return whether checkpoints that were announced before may have seen others than was said
   */
  boolean announced(CheckpointPublished checkpoint) {
    Origin origin =
        new Origin(
            checkpoint.getRunId(),
            checkpoint.getStep(),
            Optional.ofNullable(checkpoint.getParent()));
    String id = checkpoint.getCheckpointId();
    // Lines lie in different partitions, so that a child may come before its parent.
    boolean late = !origin.equals(origins.put(id, origin)) && seen.containsKey(id);
    if (late) {
      seen.clear();
    }
    return late;
  }

  void withdrawn(StudyWithdrawn study) {
    for (StudySeen read : study.getSeen()) {
      firstReads
          .computeIfAbsent(read.getRunId(), run -> new HashMap<>())
          .merge(study.getStudyId(), read.getStep(), Math::min);
    }
    seen.clear();
  }

  /** How many withdrawn studies a checkpoint has seen; 0 for one that was never announced. */
  int seenBy(String checkpointId) {
    Deque<String> ancestry = new ArrayDeque<>();
    Optional<String> next = Optional.of(checkpointId);
    // What is noted for now also ends the walk where announcements name each other as parents.
    while (next.isPresent() && seen.putIfAbsent(next.get(), Set.of()) == null) {
      ancestry.push(next.get());
      next = Optional.ofNullable(origins.get(next.get())).flatMap(Origin::parent);
    }
    Set<String> inherited = next.map(seen::get).orElse(Set.of());
    for (String id : ancestry) {
      inherited = withOwn(inherited, origins.get(id));
      seen.put(id, inherited);
    }
    return seen.get(checkpointId).size();
  }

  /** The inherited set itself where nothing is added: a line's checkpoints mostly share theirs. */
  private Set<String> withOwn(Set<String> inherited, Origin origin) {
    if (origin == null) {
      return inherited;
    }
    Set<String> all = new HashSet<>(inherited);
    firstReads
        .getOrDefault(origin.runId(), Map.of())
        .forEach(
            (study, step) -> {
              if (step <= origin.step()) {
                all.add(study);
              }
            });
    return all.size() == inherited.size() ? inherited : all;
  }
}
