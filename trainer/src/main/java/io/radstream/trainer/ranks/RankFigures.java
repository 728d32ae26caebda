package io.radstream.trainer.ranks;

/** Names of figures on the metrics topic, where several ranks learn together. */
public final class RankFigures {

  /** Number of the rank that took longest to its gradient. */
  public static final String SLOWEST = "slowest_rank";

  /** That it took, without those that it waited for others. */
  public static final String SLOWEST_SECONDS = "slowest_rank_seconds";

  /** Median of the other ranks. */
  public static final String OTHERS_SECONDS = "other_ranks_seconds";

  /** In which rank 0 did nothing but exchange gradients, or wait for the others to. */
  public static final String EXCHANGE_SECONDS = "exchange_seconds";

  /** Of gradients that rank 0 sent for the step. */
  public static final String EXCHANGED_BYTES = "exchanged_bytes";

  /** Of these the share that left while other gradients were still computed, from 0 to 1. */
  public static final String EARLY_SHARE = "exchanged_early_share";

  private RankFigures() {}
}
