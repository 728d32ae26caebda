package io.radstream.model;

/**
 * Studies as the network takes them.
 *
 * @param images studies × 3 views × side × side, normalised brightness, view by view and row by row
 * @param tokens one report each: token ids from start to end token, not padded
 */
public record StudyBatch(float[] images, int[][] tokens) {

  /** Number of studies. */
  public int size() {
    return tokens.length;
  }
}
