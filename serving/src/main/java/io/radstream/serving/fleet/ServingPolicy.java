package io.radstream.serving.fleet;

/**
 * Decides what becomes of a checkpoint: asked once for each that is announced and loaded, or could
 * not be loaded, on the thread that follows announcements. What it throws refuses the checkpoint.
 */
@FunctionalInterface
public interface ServingPolicy {

  Verdict judge(Known known);

  /**
   * Whether a replaced model stays loaded, so that to roll back is one swap. That costs the memory
   * of a model for as long as the service runs.
   */
  default boolean keepsPrevious() {
    return true;
  }
}
