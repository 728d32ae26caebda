package io.radstream.serving.score;

/** What a network can do for those who ask. */
public enum Capability {
  /** Scores any finding that sentences state and deny: it has a report encoder. */
  PROMPTS,
  /** Scores the findings that it was taught with labels: it has a label head. */
  LABELS,
  /** Puts studies into the space that they share with reports. */
  VECTORS,
  /** Writes reports: it has a report transformer. */
  REPORTS
}
