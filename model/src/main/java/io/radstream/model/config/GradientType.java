package io.radstream.model.config;

/** In which numbers gradients of shards are added up and exchanged. */
public enum GradientType {
  FLOAT32,
  /** Each shard's, and each sum of two, is rounded: half the bytes between processes. */
  BFLOAT16
}
