package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.serving.checkpoint.KnownCheckpoint.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    byId.values().forEach(known -> result.add(known.seen(withdrawn.seenBy(known.id()))));
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
      byId.putIfAbsent(checkpoint.id(), checkpoint);
      if (byId.size() > REMEMBERED) {
        forgetOldest();
      }
    }
    observer.accept(this);
  }

  private void forgetOldest() {
    byId.values().stream()
        .filter(known -> !(known.state() instanceof State.Live))
        .map(KnownCheckpoint::id)
        .findFirst()
        .ifPresent(byId::remove);
  }

  void live(String id, Instant since) {
    change(
        known -> {
          if (known.id().equals(id)) {
            return known.with(new State.Live(since));
          }
          return known.state() instanceof State.Live
              ? known.with(new State.Replaced(since))
              : known;
        });
  }

  void refused(String id, String reason) {
    change(known -> known.id().equals(id) ? known.with(new State.Refused(reason)) : known);
  }

  private void change(UnaryOperator<KnownCheckpoint> change) {
    synchronized (this) {
      byId.replaceAll((id, known) -> change.apply(known));
    }
    observer.accept(this);
  }
}
