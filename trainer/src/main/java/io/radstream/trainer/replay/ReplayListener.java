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

  /** Hears nothing. */
  static ReplayListener none() {
    return new ReplayListener() {};
  }
}
