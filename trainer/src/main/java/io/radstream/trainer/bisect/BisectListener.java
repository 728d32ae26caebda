package io.radstream.trainer.bisect;

/** Is told how a search goes, on its own thread. */
public interface BisectListener {

  /**
   * Steps are about to be taken again.
   *
   * @param from step that is behind the weights it sets in at
   * @param why in a few words
   */
  default void replays(long from, long until, String why) {}

  /** This step was taken again. */
  default void replayed(long step) {}

  /** The figure was measured at this step. */
  default void measured(long step, double value) {}

  /** It cannot be narrowed down any more. */
  default void found(Turn turn) {}

  static BisectListener none() {
    return new BisectListener() {};
  }
}
