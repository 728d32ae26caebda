package io.radstream.serving.worklist;

/** What stands first. Of equal ones, the study that was scored later does. */
public enum WorklistOrder {
  /** The highest probability of a finding. */
  PRIORITY,
  /** The study that was scored last. */
  NEWEST,
  /** The probability nearest to a half. */
  UNCERTAIN,
  /** The largest difference between two checkpoints. */
  DISAGREEMENT
}
