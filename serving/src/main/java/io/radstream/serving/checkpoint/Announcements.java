package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.RecordRef;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.fleet.CheckpointRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The announcements of the lines that are served, so that any can be loaded. Within a line the
 * order in which they came counts, whatever the clocks of those who announced: a checkpoint whose
 * time is not after that of the one before counts as announced a millisecond after it. Thread-safe.
 */
public final class Announcements {

  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  /** A small record each; the oldest without a role are forgotten beyond it. */
  private static final int REMEMBERED = 10_000;

  /** As long as it is not known which of them have a role. */
  private static final int REMEMBERED_AT_FIRST = 100_000;

  /** They are looked for once in so many. */
  private static final int SURPLUS = 1_000;

  private static final Comparator<CheckpointPublished> BY_TIME =
      Comparator.comparing(CheckpointPublished::getTime);

  /**
   * The last announcement of a line.
   *
   * @param told its time, as it says
   * @param counts its time, as it counts
   */
  private record Last(Instant told, Instant counts) {}

  private final DecisionLog decisions;
  private final Map<CheckpointRef, CheckpointPublished> byRef = new HashMap<>();
  private final Map<String, Last> lines = new HashMap<>();

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

  /** Gives it back as it is remembered, with the time that it counts as announced at. */
  synchronized CheckpointPublished add(CheckpointPublished announced) {
    // The settings stand in the checkpoint too, and are the largest part by far; where a run began
    // to read is for the lineage.
    CheckpointPublished remembered =
        CheckpointPublished.newBuilder(announced)
            .setConfig("")
            .setPositions(shared(announced.getPositions()))
            .setBegins(List.of())
            .setTime(time(announced))
            .build();
    byRef.put(ref(announced), remembered);
    int most = decisions.isRead() ? REMEMBERED : REMEMBERED_AT_FIRST;
    if (byRef.size() > most + SURPLUS) {
      forgetAllBut(most);
    }
    return remembered;
  }

  private Instant time(CheckpointPublished announced) {
    Instant told = announced.getTime();
    CheckpointPublished known = byRef.get(ref(announced));
    if (known != null && !told.isAfter(known.getTime())) {
      // Announced again, which makes it no newer.
      return known.getTime();
    }
    Last before = lines.get(announced.getLine());
    boolean later = before == null || told.isAfter(before.counts());
    Instant counts = later ? told : before.counts().plusMillis(1);
    if (!later && told.isBefore(before.told())) {
      LOG.atWarn()
          .addKeyValue("checkpoint", announced.getCheckpointId())
          .addKeyValue("time", told)
          .addKeyValue("before", before.told())
          .log(
              "a checkpoint was announced with an earlier time than the one before it in its line,"
                  + " and counts as the newer one; is the trainer's clock right?");
    }
    lines.put(announced.getLine(), new Last(told, counts));
    return counts;
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
