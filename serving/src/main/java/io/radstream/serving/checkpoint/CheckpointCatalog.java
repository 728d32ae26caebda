package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.KnownCheckpoint.State;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The newest announced checkpoints, what became of them, what they grew out of, and how many
 * withdrawn studies each has seen. Thread-safe.
 */
public final class CheckpointCatalog {

  private static final int REMEMBERED = 200;

  private final Map<String, KnownCheckpoint> byId = new LinkedHashMap<>();
  private final Ancestry ancestry = new Ancestry();
  private final Consumer<CheckpointCatalog> observer;

  /**
   * Made by whoever makes a change, which may be a thread of low priority: whoever looks must not
   * have to wait for it.
   */
  private volatile List<KnownCheckpoint> newestFirst = List.of();

  /**
   * @param observer called after every change, on the thread that made it
   */
  public CheckpointCatalog(Consumer<CheckpointCatalog> observer) {
    this.observer = observer;
  }

  /** Newest announcement first. Never waits. */
  public List<KnownCheckpoint> newestFirst() {
    return newestFirst;
  }

  /** To be called after each change, with the lock. */
  private void show() {
    List<KnownCheckpoint> result = new ArrayList<>(byId.size());
    byId.values().forEach(known -> result.add(flagged(known)));
    Collections.reverse(result);
    // One that is needed again, long after others of its age were forgotten, comes back late.
    result.sort(Comparator.comparing(KnownCheckpoint::announcedAt).reversed());
    newestFirst = Collections.unmodifiableList(result);
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
      studies.forEach(ancestry::withdrawn);
      show();
    }
    observer.accept(this);
  }

  /** Remembers what a checkpoint grew out of, whether it will be listed or not. */
  synchronized void descends(CheckpointPublished announced) {
    if (ancestry.announced(announced)) {
      show();
    }
  }

  /** Lists a checkpoint that has a role, though others of its age were forgotten. */
  void needed(CheckpointPublished announced) {
    if (find(announced.getCheckpointId()).isEmpty()) {
      announced(KnownCheckpoint.of(announced));
    }
  }

  void announced(KnownCheckpoint checkpoint) {
    synchronized (this) {
      byId.merge(checkpoint.id(), checkpoint, KnownCheckpoint::announcedAgain);
      if (byId.size() > REMEMBERED) {
        forgetOldest();
      }
      show();
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

  /** What a checkpoint grew out of; empty where it was never announced. May wait. */
  public synchronized Optional<Lineage> lineage(String id) {
    return ancestry.of(id);
  }

  /** Those that are loaded. */
  synchronized Map<Role, KnownCheckpoint> fleet() {
    Map<Role, KnownCheckpoint> fleet = new EnumMap<>(Role.class);
    byId.values().forEach(known -> known.role().ifPresent(role -> fleet.put(role, flagged(known))));
    return fleet;
  }

  private KnownCheckpoint flagged(KnownCheckpoint known) {
    return known.seen(ancestry.seenBy(known.id()));
  }

  /**
   * Takes how things stand.
   *
   * @param roles who has which role
   * @param verdicts what was last made of a checkpoint, or why it cannot be loaded
   * @param waiting which of them are waited for
   */
  public void settled(
      Map<Role, ModelIdentity> roles,
      Function<CheckpointRef, Optional<Verdict>> verdicts,
      Function<CheckpointRef, Optional<State.Waiting>> waiting,
      Instant at) {
    Map<String, Role> byCheckpoint = new HashMap<>();
    roles.forEach((role, model) -> byCheckpoint.put(model.checkpointId(), role));
    change(
        before -> {
          KnownCheckpoint known = before.waiting(waiting.apply(before.ref()));
          Optional<Role> role = Optional.ofNullable(byCheckpoint.get(known.id()));
          Optional<Verdict> verdict = verdicts.apply(known.ref());
          KnownCheckpoint next = verdict.map(known::judged).orElse(known);
          return verdict
              .filter(made -> role.isEmpty() && endsIt(made))
              .map(made -> next.in(role, at).refused(made.reason()))
              .orElseGet(() -> next.in(role, at));
        });
  }

  private static boolean endsIt(Verdict verdict) {
    return verdict instanceof Verdict.Refuse || verdict instanceof Verdict.RollBack;
  }

  private void change(UnaryOperator<KnownCheckpoint> change) {
    synchronized (this) {
      Map<String, KnownCheckpoint> before = Map.copyOf(byId);
      byId.replaceAll((id, known) -> change.apply(known));
      if (byId.equals(before)) {
        return;
      }
      show();
    }
    observer.accept(this);
  }
}
