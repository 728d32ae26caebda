package io.radstream.serving.score;

/** Where the probability of a finding comes from. */
public enum ScoredBy {
  /** A comparison with sentences that state and deny it. */
  PROMPTS,
  /** The label head, which was taught this finding. */
  LABELS
}
