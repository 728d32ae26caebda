package io.radstream.model.config;

/** How gradients of those who share a batch become one. */
public enum Reduction {
  /** As a tree over shards: bits do not depend on how many share the batch. */
  EXACT,
  /**
   * As the transport adds: each has one share, and another number of them gives other bits. Saves
   * what shards cost.
   */
  FAST
}
