package io.radstream.serving.fleet;

import io.radstream.schemas.CheckpointPublished;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A checkpoint that was announced, and what became of it here.
 *
 * @param id as announced
 * @param line model line
 * @param runId the run that made it
 * @param step optimizer steps behind it
 * @param parent id of the checkpoint that it grew out of
 * @param announcedAt time of the announcement
 * @param metrics finite figures at the checkpoint, for example validation_loss
 * @param withdrawnStudies how many studies it, or what it grew out of, learned from that were
 *     withdrawn since
 * @param state what became of it
 * @param role what it is loaded for; empty where it is not loaded
 * @param verdict what the policy last made of it; empty where it was not asked
 */
public record KnownCheckpoint(
    String id,
    String line,
    String runId,
    long step,
    Optional<String> parent,
    Instant announcedAt,
    Map<String, Double> metrics,
    int withdrawnStudies,
    State state,
    Optional<Role> role,
    Optional<Verdict> verdict) {

  /** What became of a checkpoint in this service. */
  public sealed interface State {

    /** Not loaded: a newer one was there already, or it is being loaded. */
    record Known() implements State {}

    /** Answers requests. */
    record Live(Instant since) implements State {}

    /** Loaded beside the live one, as its role says. */
    record Trial(Instant since) implements State {}

    /** Was live; another one took its place. */
    record Replaced(Instant since) implements State {}

    /**
     * Could not be loaded for a reason that may pass, as files that have not come yet.
     *
     * @param nextLook when it is tried again at the earliest
     */
    record Waiting(String reason, Instant nextLook) implements State {}

    /** Must not become live. */
    record Refused(String reason) implements State {}
  }

  /** As announced, and no more. */
  public static KnownCheckpoint of(CheckpointPublished announced) {
    return new KnownCheckpoint(
        announced.getCheckpointId(),
        announced.getLine(),
        announced.getRunId(),
        announced.getStep(),
        Optional.ofNullable(announced.getParent()),
        announced.getTime(),
        finite(announced.getMetrics()),
        0,
        new State.Known(),
        Optional.empty(),
        Optional.empty());
  }

  private static Map<String, Double> finite(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .filter(metric -> Double.isFinite(metric.getValue()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  public CheckpointRef ref() {
    return new CheckpointRef(id, runId);
  }

  /** Whether it is this one, or was announced before it. */
  boolean isNotAfter(KnownCheckpoint other) {
    boolean madeAnew = id.equals(other.id) && !runId.equals(other.runId);
    return madeAnew
        ? announcedAt.isBefore(other.announcedAt)
        : !announcedAt.isAfter(other.announcedAt);
  }

  /** With what was announced the second time, as by a line that was begun anew. */
  public KnownCheckpoint announcedAgain(KnownCheckpoint again) {
    return again.with(withdrawnStudies, state, role, verdict);
  }

  /** The same, judged. */
  public KnownCheckpoint judged(Verdict made) {
    return with(withdrawnStudies, state, role, Optional.of(made));
  }

  /** The same, not to become live. */
  public KnownCheckpoint refused(String reason) {
    return with(withdrawnStudies, new State.Refused(reason), Optional.empty(), verdict);
  }

  /** The same with what it waits for, or with nothing that it waits for any more. */
  public KnownCheckpoint waiting(Optional<State.Waiting> now) {
    if (now.isPresent()) {
      return with(withdrawnStudies, now.get(), role, verdict);
    }
    return state instanceof State.Waiting
        ? with(withdrawnStudies, new State.Known(), role, verdict)
        : this;
  }

  /**
   * The same in another role, or in none.
   *
   * @param at when that was so
   */
  public KnownCheckpoint in(Optional<Role> next, Instant at) {
    return next.equals(role) ? this : with(withdrawnStudies, stateIn(next, at), next, verdict);
  }

  private State stateIn(Optional<Role> next, Instant at) {
    if (next.equals(Optional.of(Role.LIVE))) {
      return new State.Live(at);
    }
    boolean isPrevious = next.equals(Optional.of(Role.PREVIOUS));
    if (next.isPresent() && !isPrevious) {
      return new State.Trial(at);
    }
    // It was live, though perhaps before this instance began, or before it was loaded here.
    if (state instanceof State.Live || isPrevious) {
      return new State.Replaced(at);
    }
    return state instanceof State.Trial ? new State.Known() : state;
  }

  /** The same with so many withdrawn studies. */
  public KnownCheckpoint seen(int withdrawn) {
    return with(withdrawn, state, role, verdict);
  }

  private KnownCheckpoint with(
      int withdrawn, State nextState, Optional<Role> nextRole, Optional<Verdict> nextVerdict) {
    return new KnownCheckpoint(
        id,
        line,
        runId,
        step,
        parent,
        announcedAt,
        metrics,
        withdrawn,
        nextState,
        nextRole,
        nextVerdict);
  }
}
