package io.radstream.trainer.config;

import static io.radstream.trainer.config.RunConfig.require;

/**
 * Training on studies as they arrive, without an end of the data.
 *
 * @param on whether the run follows the stream; else it is finite, over what there is at its start
 * @param replayRatio share of a batch that is drawn from older studies, against forgetting
 * @param replayWindow newest tuples of a source that older studies are drawn from
 * @param onLag what to do where studies come faster than they can be learned from
 * @param maxLag tuples that a newest-first run may be behind
 */
public record Follow(boolean on, double replayRatio, long replayWindow, OnLag onLag, long maxLag) {

  /** What a run does that cannot keep up. */
  public enum OnLag {
    /** Learns from every study, later. */
    TRAIN_ALL,
    /** Passes over the older ones, and says so on the ledger; they can still be replayed. */
    NEWEST_FIRST
  }

  /** A finite run. */
  public static final Follow OFF = new Follow(false, 0.5, 10_000, OnLag.TRAIN_ALL, 10_000);

  public Follow {
    require(
        replayRatio >= 0 && replayRatio < 1, "follow.replayRatio (from 0, below 1)", replayRatio);
    require(replayWindow > 0, "follow.replayWindow (at least 1)", replayWindow);
    require(onLag != null, "follow.onLag (TRAIN_ALL or NEWEST_FIRST)", onLag);
    require(maxLag > 0, "follow.maxLag (at least 1)", maxLag);
  }
}
