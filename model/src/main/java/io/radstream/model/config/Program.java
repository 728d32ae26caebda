package io.radstream.model.config;

/**
 * How the gradients of a step are found. All ways find the same ones up to rounding; with dropout
 * they draw other random numbers.
 */
public enum Program {
  /**
   * {@link #EXPLICIT} where it is known to be the faster one: in float32 on a CPU, where nothing is
   * frozen, as the engine goes back no further than to what learns.
   */
  AUTO,
  /** The engine records what is computed, and finds the way back: every network and objective. */
  EAGER,
  /**
   * The way back is spelt out, and reports lie behind each other without padding. Networks with
   * another image encoder than the transformer, and other objectives than contrast, language and
   * labels, go the eager way all the same.
   */
  EXPLICIT,
  /**
   * {@link #EXPLICIT} over batches whose sizes are rounded up, so that few differ. A GPU records
   * what is computed of batches of the same sizes, and does it at once when they come again.
   */
  CAPTURED
}
