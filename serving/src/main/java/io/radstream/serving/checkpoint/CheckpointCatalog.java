package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.ModelIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The newest announced checkpoints, what became of them, and how many withdrawn studies each has
 * seen. Thread-safe.
 */
public final class CheckpointCatalog {

  private static final int REMEMBERED = 200;

  private final Map<String, KnownCheckpoint> byId = new LinkedHashMap<>();
  private final WithdrawnStudies withdrawn = new WithdrawnStudies();
  private final Consumer<CheckpointCatalog> observer;

  /**
   * @param observer called after every change, on the thread that made it
   */
  public CheckpointCatalog(Consumer<CheckpointCatalog> observer) {
    this.observer = observer;
  }

  /** Newest announcement first. */
  public synchronized List<KnownCheckpoint> newestFirst() {
    List<KnownCheckpoint> result = new ArrayList<>(byId.size());
    byId.values().forEach(known -> result.add(flagged(known)));
    Collections.reverse(result);
    return result;
  }

  /**
   * Takes withdrawals, as a listener to their topic; those of one study add up.
   *
   * @param caughtUp of no interest: a flag may come before or after its checkpoint
   */
  public void withdrawn(List<StudyWithdrawn> studies, boolean caughtUp) {
    if (studies.isEmpty()) {
      return;
    }
    synchronized (this) {
      studies.forEach(withdrawn::withdrawn);
    }
    observer.accept(this);
  }

  /** Remembers what a checkpoint grew out of, whether it will be listed or not. */
  synchronized void descends(CheckpointPublished announced) {
    withdrawn.announced(announced);
  }

  void announced(KnownCheckpoint checkpoint) {
    synchronized (this) {
      byId.merge(checkpoint.id(), checkpoint, KnownCheckpoint::announcedAgain);
      if (byId.size() > REMEMBERED) {
        forgetOldest();
      }
    }
    observer.accept(this);
  }

  private void forgetOldest() {
    byId.values().stream()
        .filter(known -> known.role().isEmpty())
        .min(Comparator.comparing(KnownCheckpoint::announcedAt))
        .map(KnownCheckpoint::id)
        .ifPresent(byId::remove);
  }

  /** A checkpoint as it is known now; empty where it was not announced, or long ago. */
  synchronized Optional<KnownCheckpoint> find(String id) {
    return Optional.ofNullable(byId.get(id)).map(this::flagged);
  }

  /** Those that are loaded. */
  synchronized Map<Role, KnownCheckpoint> fleet() {
    Map<Role, KnownCheckpoint> fleet = new EnumMap<>(Role.class);
    byId.values().forEach(known -> known.role().ifPresent(role -> fleet.put(role, flagged(known))));
    return fleet;
  }

  private KnownCheckpoint flagged(KnownCheckpoint known) {
    return known.seen(withdrawn.seenBy(known.id()));
  }

  /**
   * Takes a verdict that has been carried out.
   *
   * @param id the checkpoint that was judged
   * @param roles who has which role since
   */
  public void judged(String id, Verdict verdict, Map<Role, ModelIdentity> roles, Instant at) {
    Map<String, Role> byCheckpoint = new HashMap<>();
    roles.forEach(
        (role, model) -> byCheckpoint.merge(model.checkpointId(), role, CheckpointCatalog::first));
    change(
        known -> {
          Optional<Role> role = Optional.ofNullable(byCheckpoint.get(known.id()));
          boolean judged = known.id().equals(id);
          boolean refused =
              verdict instanceof Verdict.Refuse
                  ? judged && role.isEmpty()
                  : verdict instanceof Verdict.RollBack && isTakenBack(known, role);
          KnownCheckpoint next = judged ? known.judged(verdict) : known;
          return refused ? next.refused(verdict.reason()) : next.in(role, at);
        });
  }

  /** A checkpoint that was announced again may be there twice. */
  private static Role first(Role a, Role b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static boolean isTakenBack(KnownCheckpoint known, Optional<Role> role) {
    return role.isEmpty() && known.role().equals(Optional.of(Role.LIVE));
  }

  private void change(UnaryOperator<KnownCheckpoint> change) {
    synchronized (this) {
      byId.replaceAll((id, known) -> change.apply(known));
    }
    observer.accept(this);
  }
}
