package io.radstream.serving.checkpoint;

import io.radstream.serving.decisions.Decision;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.KnownCheckpoint.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why checkpoints could not be loaded, and which of them are to be looked at again. A store that is
 * copied may be behind the announcements, and one that is away may come back: such a checkpoint is
 * tried after pauses that grow, as long as it is the newest of its line or has a role. Those of
 * checkpoints whose announcement is forgotten are forgotten, too, since these are never loaded.
 * Thread-safe.
 */
final class Failures {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** When it is looked at again, and how long that was waited for. */
  private record Look(Instant at, Duration pause) {}

  /**
   * @param about the last decision about the checkpoint when it was tried; after another one it is
   *     tried again
   * @param next empty where it is of no use to try again
   */
  private record Failure(String reason, Optional<Decision> about, Optional<Look> next) {}

  private final Announcements announcements;
  private final DecisionLog log;
  private final InstantSource clock;
  private final Map<CheckpointRef, Failure> failures = new HashMap<>();

  Failures(Announcements announcements, DecisionLog log, InstantSource clock) {
    this.announcements = announcements;
    this.log = log;
    this.clock = clock;
  }

  /**
   * @param forNow whether the reason may pass
   * @return whether this is news, and not what the last try ended with
   */
  synchronized boolean add(CheckpointRef checkpoint, String reason, boolean forNow) {
    Optional<Failure> before = of(checkpoint);
    Optional<Look> next =
        forNow ? Optional.of(after(before.flatMap(Failure::next))) : Optional.empty();
    failures.keySet().removeIf(known -> !announcements.has(known));
    failures.put(checkpoint, new Failure(reason, log.last(checkpoint), next));
    return before.filter(same -> same.reason().equals(reason)).isEmpty();
  }

  private Look after(Optional<Look> last) {
    Duration pause = last.map(look -> look.pause().multipliedBy(2)).orElse(FIRST_PAUSE);
    Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    return new Look(clock.instant().plus(bounded), bounded);
  }

  synchronized void remove(CheckpointRef checkpoint) {
    failures.remove(checkpoint);
  }

  /** Why a checkpoint could not be loaded, where it is of no use to try again, or not yet. */
  synchronized Optional<String> reason(CheckpointRef checkpoint) {
    return of(checkpoint)
        .filter(failure -> !(mayPass(checkpoint, failure) && isDue(failure)))
        .map(Failure::reason);
  }

  /** How a checkpoint waits that is looked at again; empty where it does not. */
  synchronized Optional<State.Waiting> waiting(CheckpointRef checkpoint) {
    return of(checkpoint)
        .filter(failure -> mayPass(checkpoint, failure))
        .map(failure -> new State.Waiting(failure.reason(), failure.next().orElseThrow().at()));
  }

  /** Whether one could be looked at again now. */
  synchronized boolean isAnyDue() {
    return failures.entrySet().stream()
        .anyMatch(entry -> mayPass(entry.getKey(), entry.getValue()) && isDue(entry.getValue()));
  }

  private Optional<Failure> of(CheckpointRef checkpoint) {
    return Optional.ofNullable(failures.get(checkpoint))
        .filter(failure -> failure.about().equals(log.last(checkpoint)));
  }

  /** Also where it is farther away than was to be waited, since the clock has gone back. */
  private boolean isDue(Failure failure) {
    Instant now = clock.instant();
    return failure
        .next()
        .filter(look -> !look.at().isAfter(now) || look.at().isAfter(now.plus(look.pause())))
        .isPresent();
  }

  private boolean mayPass(CheckpointRef checkpoint, Failure failure) {
    return failure.next().isPresent()
        && (announcements.isNewestOfItsLine(checkpoint)
            || log.state().crew().members().containsValue(checkpoint));
  }
}
