package io.radstream.trainer.ranks;

/** Names of figures on the metrics topic, where several ranks learn together. */
public final class RankFigures {

  /** Number of the rank that took longest to its gradient. */
  public static final String SLOWEST = "slowest_rank";

  /** That it took, without those that it waited for others. */
  public static final String SLOWEST_SECONDS = "slowest_rank_seconds";

  /** Median of the other ranks. */
  public static final String OTHERS_SECONDS = "other_ranks_seconds";

  private RankFigures() {}
}
