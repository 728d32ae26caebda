package io.radstream.trainer.replay;

import java.util.Map;

/** Is told how a replay goes, on its own thread. */
public interface ReplayListener {

  /**
   * The network is there.
   *
   * @param step that it has behind it
   * @param environment what is other than when the run was opened: name to "before, now"
   */
  default void started(String runId, long step, Map<String, String> environment) {}

  /** A step was taken again. */
  default void replayed(ReplayedStep step) {}

  /** Whether the network is to be looked at once it has this step behind it. */
  default boolean examines(long step) {
    return false;
  }

  /**
   * Where that was asked for: the network, before the next step. A step of which nothing was left
   * is asked for as well.
   */
  default void examine(long step, ReplayedNetwork network) {}

  /** Hears nothing. */
  static ReplayListener none() {
    return new ReplayListener() {};
  }
}
