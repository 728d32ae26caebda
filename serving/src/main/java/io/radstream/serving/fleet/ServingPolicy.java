package io.radstream.serving.fleet;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what becomes of a checkpoint: asked once for each that is announced and loaded, or could
 * not be loaded, on the thread that loads. What it throws refuses the checkpoint.
 */
@FunctionalInterface
public interface ServingPolicy {

  Verdict judge(Known known);

  /**
   * Its name on the log of decisions. A checkpoint is judged once under a name, by all instances of
   * a service together, so that a policy that judges by something else needs another one.
   */
  default String name() {
    return "policy";
  }

  /**
   * Whether a checkpoint is to be judged that was not judged yet. By default one that is newer than
   * the live one.
   *
   * @param crew which checkpoints have roles
   */
  default boolean considers(KnownCheckpoint checkpoint, Map<Role, KnownCheckpoint> crew) {
    return Optional.ofNullable(crew.get(Role.LIVE)).filter(checkpoint::isNotAfter).isEmpty();
  }

  /** Which of several is judged first. By default the newest. */
  default Comparator<KnownCheckpoint> order() {
    return Comparator.comparing(KnownCheckpoint::announcedAt).reversed();
  }

  /** A verdict that is plain from the figures, so that the checkpoint need not be loaded for it. */
  default Optional<Verdict> unloaded(Known known) {
    return Optional.empty();
  }

  /** Called once before the first verdict, while nothing computes on the engine yet. */
  default void start() {}

  /** Called once after the last verdict. */
  default void close() {}
}
