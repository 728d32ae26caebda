package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.RecordRef;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.fleet.CheckpointRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The announcements of the lines that are served, so that any can be loaded. Thread-safe. */
public final class Announcements {

  /** A small record each; the oldest without a role are forgotten beyond it. */
  private static final int REMEMBERED = 10_000;

  /** As long as it is not known which of them have a role. */
  private static final int REMEMBERED_AT_FIRST = 100_000;

  /** They are looked for once in so many. */
  private static final int SURPLUS = 1_000;

  private static final Comparator<CheckpointPublished> BY_TIME =
      Comparator.comparing(CheckpointPublished::getTime);

  private final DecisionLog decisions;
  private final Map<CheckpointRef, CheckpointPublished> byRef = new HashMap<>();

  /** Checkpoints of one run mostly have the same. */
  private List<RecordRef> lastPositions = List.of();

  /**
   * @param decisions by which a checkpoint has a role, so that it is to be loaded however old it is
   */
  public Announcements(DecisionLog decisions) {
    this.decisions = decisions;
  }

  static CheckpointRef ref(CheckpointPublished announced) {
    return new CheckpointRef(announced.getCheckpointId(), announced.getRunId());
  }

  synchronized void add(CheckpointPublished announced) {
    // The settings stand in the checkpoint too, and are the largest part by far.
    byRef.put(
        ref(announced),
        CheckpointPublished.newBuilder(announced)
            .setConfig("")
            .setPositions(shared(announced.getPositions()))
            .build());
    int most = decisions.isRead() ? REMEMBERED : REMEMBERED_AT_FIRST;
    if (byRef.size() > most + SURPLUS) {
      forgetAllBut(most);
    }
  }

  private void forgetAllBut(int most) {
    Set<CheckpointRef> kept = new HashSet<>(decisions.state().crew().members().values());
    newest(most).forEach(announced -> kept.add(ref(announced)));
    byRef.keySet().retainAll(kept);
  }

  private List<RecordRef> shared(List<RecordRef> positions) {
    if (!positions.equals(lastPositions)) {
      lastPositions = List.copyOf(positions);
    }
    return lastPositions;
  }

  synchronized Optional<CheckpointPublished> find(CheckpointRef checkpoint) {
    return Optional.ofNullable(byRef.get(checkpoint));
  }

  boolean has(CheckpointRef checkpoint) {
    return find(checkpoint).isPresent();
  }

  /** The checkpoint that was announced last under an id. */
  public synchronized Optional<CheckpointRef> newest(String id) {
    return byRef.values().stream()
        .filter(announced -> announced.getCheckpointId().equals(id))
        .max(BY_TIME)
        .map(Announcements::ref);
  }

  /** Whether a checkpoint was announced, and no other one of its line after it. */
  synchronized boolean isNewestOfItsLine(CheckpointRef checkpoint) {
    return find(checkpoint)
        .filter(
            known ->
                byRef.values().stream()
                    .noneMatch(
                        other ->
                            other.getLine().equals(known.getLine())
                                && other.getTime().isAfter(known.getTime())))
        .isPresent();
  }

  /** The newest of all, the newest first. */
  synchronized List<CheckpointPublished> newest(int most) {
    return byRef.values().stream().sorted(BY_TIME.reversed()).limit(most).toList();
  }
}
