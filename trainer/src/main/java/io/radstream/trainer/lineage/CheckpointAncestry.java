package io.radstream.trainer.lineage;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.trainer.lineage.StudyLineage.TaughtCheckpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which checkpoints grew out of which. Where a line was begun anew, several have the same id: the
 * parent is the newest that was written before the child.
 */
final class CheckpointAncestry {

  private final List<CheckpointPublished> oldestFirst;
  private final Map<String, List<CheckpointPublished>> byId = new HashMap<>();

  CheckpointAncestry(List<CheckpointPublished> announced) {
    this.oldestFirst =
        new HashSet<>(announced)
            .stream()
                .sorted(
                    Comparator.comparing(CheckpointPublished::getTime)
                        .thenComparing(CheckpointPublished::getCheckpointId))
                .toList();
    oldestFirst.forEach(
        checkpoint ->
            byId.computeIfAbsent(checkpoint.getCheckpointId(), id -> new ArrayList<>())
                .add(checkpoint));
  }

  /**
   * @param firstReads run to the first step that read the study
   */
  List<TaughtCheckpoint> taughtBy(Map<String, Long> firstReads) {
    Map<CheckpointPublished, Optional<String>> through = new HashMap<>();
    List<TaughtCheckpoint> taught = new ArrayList<>();
    for (CheckpointPublished checkpoint : oldestFirst) {
      through(checkpoint, firstReads, through)
          .ifPresent(
              run ->
                  taught.add(
                      new TaughtCheckpoint(
                          checkpoint.getCheckpointId(),
                          checkpoint.getLine(),
                          checkpoint.getRunId(),
                          checkpoint.getStep(),
                          checkpoint.getUri(),
                          run)));
    }
    return taught;
  }

  private Optional<String> through(
      CheckpointPublished checkpoint,
      Map<String, Long> firstReads,
      Map<CheckpointPublished, Optional<String>> known) {
    Deque<CheckpointPublished> path = new ArrayDeque<>();
    Set<CheckpointPublished> walked = new HashSet<>();
    Optional<CheckpointPublished> next = Optional.of(checkpoint);
    Optional<String> run = Optional.empty();
    while (next.isPresent() && run.isEmpty() && walked.add(next.get())) {
      CheckpointPublished at = next.get();
      if (known.containsKey(at)) {
        run = known.get(at);
        break;
      }
      path.push(at);
      Long first = firstReads.get(at.getRunId());
      run = first != null && first <= at.getStep() ? Optional.of(at.getRunId()) : run;
      next = parent(at);
    }
    Optional<String> found = run;
    path.forEach(at -> known.put(at, found));
    return found;
  }

  private Optional<CheckpointPublished> parent(CheckpointPublished child) {
    List<CheckpointPublished> candidates = byId.getOrDefault(child.getParent(), List.of());
    Optional<CheckpointPublished> before =
        candidates.stream()
            .filter(candidate -> !candidate.getTime().isAfter(child.getTime()))
            .reduce((older, newer) -> newer);
    return before.or(() -> candidates.stream().findFirst());
  }
}
