package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.StudySeen;
import io.radstream.schemas.StudyWithdrawn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What checkpoints grew out of, and which withdrawn studies they have seen thereby: those that
 * their own run had read by their step, and those that their parent has seen. Every announcement is
 * kept, since a long line's first checkpoints matter to its last. Not thread-safe.
 */
final class Ancestry {

  /** Of the runs of a lineage; a line that is taken up anew each day has as many in months. */
  private static final int MOST_RUNS = 100;

  private record Origin(
      String line, String runId, long step, Optional<String> parent, List<Lineage.Span> mayRead) {}

  private final Map<String, Origin> origins = new HashMap<>();

  /** Run to withdrawn study to the first step that read it. */
  private final Map<String, Map<String, Long>> firstReads = new HashMap<>();

  /** What has been worked out; where a checkpoint is in here, so is all that it grew out of. */
  private final Map<String, Set<String>> seen = new HashMap<>();

  /** Checkpoints of one run mostly have the same. */
  private List<Lineage.Span> lastSpans = List.of();

  /**
   * @return whether checkpoints that were announced before may have seen others than was said
   */
  boolean announced(CheckpointPublished checkpoint) {
    Origin origin =
        new Origin(
            checkpoint.getLine(),
            checkpoint.getRunId(),
            checkpoint.getStep(),
            Optional.ofNullable(checkpoint.getParent()),
            shared(Lineage.Span.of(checkpoint)));
    String id = checkpoint.getCheckpointId();
    // Lines lie in different partitions, so that a child may come before its parent.
    boolean late = !origin.equals(origins.put(id, origin)) && seen.containsKey(id);
    if (late) {
      seen.clear();
    }
    return late;
  }

  private List<Lineage.Span> shared(List<Lineage.Span> spans) {
    if (!spans.equals(lastSpans)) {
      lastSpans = spans;
    }
    return lastSpans;
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

  /** The runs that a checkpoint grew out of; empty for one that was never announced. */
  Optional<Lineage> of(String checkpointId) {
    List<Lineage.Run> runs = new ArrayList<>();
    Set<String> walked = new HashSet<>();
    Optional<String> next = Optional.of(checkpointId);
    while (next.isPresent() && origins.containsKey(next.get()) && runs.size() < MOST_RUNS) {
      String last = next.get();
      next = beginning(last, walked);
      runs.add(run(last, next));
      // Announcements may name each other as parents.
      if (next.filter(walked::contains).isPresent()) {
        next = Optional.empty();
      }
    }
    return runs.isEmpty() ? Optional.empty() : Optional.of(new Lineage(runs, next));
  }

  /** The checkpoint of another run that the run of this one began with. */
  private Optional<String> beginning(String last, Set<String> walked) {
    String run = origins.get(last).runId();
    Optional<String> at = Optional.of(last);
    while (at.map(origins::get).filter(origin -> origin.runId().equals(run)).isPresent()
        && walked.add(at.get())) {
      at = origins.get(at.get()).parent();
    }
    return at;
  }

  private Lineage.Run run(String last, Optional<String> parent) {
    Origin origin = origins.get(last);
    LongSummaryStatistics read =
        firstReads.getOrDefault(origin.runId(), Map.of()).values().stream()
            .mapToLong(Long::longValue)
            .filter(step -> step <= origin.step())
            .summaryStatistics();
    return new Lineage.Run(
        origin.line(),
        origin.runId(),
        last,
        parent.map(origins::get).map(Origin::step).orElse(0L),
        origin.step(),
        origin.mayRead(),
        (int) read.getCount(),
        read.getCount() == 0 ? OptionalLong.empty() : OptionalLong.of(read.getMin()));
  }
}
