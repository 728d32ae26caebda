package io.radstream.model.config;

/** How the gradients of a step are found; both find the same ones up to rounding. */
public enum Program {
  /** The engine records what is computed, and finds the way back: every network and objective. */
  EAGER,
  /**
   * The way back is spelt out, and reports lie behind each other without padding. Networks with
   * another image encoder than the transformer, and other objectives than contrast, language and
   * labels, go the eager way.
   */
  EXPLICIT
}
