package io.radstream.trainer.share;

/** Is told how it goes with a rank that is not the first. */
public interface MemberListener {

  /** Rank 0 has been reached. */
  default void joined() {}

  /**
   * It has the network of a run.
   *
   * @param line model line of the run
   */
  default void started(String line, String runId) {}

  /**
   * @param step that the line has behind it
   */
  default void stepped(long step) {}
}
